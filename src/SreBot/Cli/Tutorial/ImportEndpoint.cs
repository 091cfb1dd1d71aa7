using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using SreBot.Access;
using SreBot.Model;

namespace SreBot.Cli.Tutorial;

/// <summary><c>POST /api/import</c>: the tutorial's files as a form, for admins.</summary>
internal static class ImportEndpoint
{
    /// <summary>Of all files together, in bytes.</summary>
    public const int MostBytes = 30_000_000;
    private const int EnvelopeBytes = 100_000;
    private const int MostFiles = 3;

    public static void MapImport(this IEndpointRouteBuilder endpoints) => endpoints.MapPost("/api/import", Import)
        .Accepts<IFormFileCollection>("multipart/form-data").WithMetadata(new RequestSizeLimitAttribute(MostBytes + EnvelopeBytes)).WithTags("Tutorial")
        .WithSummary("Imports request.csv, incident.csv and aggregated_server_metrics.csv: all or nothing, the same data once; an admin's, 30 MB at most.");

    private static async Task<Results<Ok<TutorialImported>, UnauthorizedHttpResult>> Import(HttpRequest request, ApiCaller callers, TutorialImport import, CancellationToken cancel)
    {
        if (await callers.FindAsync(request, cancel) is not { } principal)
            return TypedResults.Unauthorized();

        principal.Scope.Require(Role.Admin, "import data");
        var form = request.HasFormContentType
            ? await ReadAsync(request, cancel)
            : throw new SreException(SreErrorKind.Invalid, "Send the files as multipart/form-data, such as: curl -F file=@request.csv -F file=@incident.csv");
        return TypedResults.Ok(await import.RunAsync(principal, ReadFiles(form.Files), cancel));
    }

    private static async Task<IFormCollection> ReadAsync(HttpRequest request, CancellationToken cancel)
    {
        try
        {
            return await request.ReadFormAsync(new FormOptions { MultipartBodyLengthLimit = MostBytes, ValueCountLimit = 10 }, cancel);
        }
        catch (InvalidDataException error)
        {
            throw new SreException(SreErrorKind.Invalid, $"The form could not be read; send at most {MostFiles} files, {MostBytes / 1_000_000} MB in all.", error);
        }
    }

    private static TutorialData ReadFiles(IFormFileCollection files)
    {
        if (files.Count is 0 or > MostFiles)
            throw new SreException(SreErrorKind.Invalid, $"Send 1 to {MostFiles} files; there are {files.Count}.");

        var streams = files.Select(file => (Path.GetFileName(file.FileName), file.OpenReadStream())).ToList();
        try
        {
            return TutorialReader.Read(streams);
        }
        finally
        {
            streams.ForEach(stream => stream.Item2.Dispose());
        }
    }
}
