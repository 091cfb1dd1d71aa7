using System.CommandLine;
using System.Net.Http.Headers;
using SreBot.Cli.Tutorial;
using SreBot.Model;

namespace SreBot.Cli;

/// <summary><c>import DIR</c>: loads the tutorial's files as they are.</summary>
internal sealed class ImportCommand(Func<ParseResult, CancellationToken, Task<ServerClient>> connect)
{
    private readonly Argument<string[]> paths = new("paths") { Description = $"A folder with {string.Join(", ", TutorialColumns.Files)}, or such files.", Arity = ArgumentArity.OneOrMore };

    public Command Create()
    {
        var command = new Command("import", "Load the tutorial's CSV files: requests, incidents, hourly aggregates.") { paths };
        command.SetAction(RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancel)
    {
        var files = parsed.GetValue(paths)!.SelectMany(Files).ToList();
        if (files.Sum(file => file.Length) > ImportEndpoint.MostBytes)
            throw new SreException(SreErrorKind.Invalid, $"These files are larger than {ImportEndpoint.MostBytes / 1_000_000} MB together; send telemetry of that size to POST /ingest.");

        using var form = new MultipartFormDataContent();
        foreach (var file in files)
        {
            var content = new StreamContent(Open(file));
            content.Headers.ContentType = new MediaTypeHeaderValue("text/csv");
            form.Add(content, "file", file.Name);
        }

        await using var server = await connect(parsed, cancel);
        var answer = await server.SendAsync(HttpMethod.Post, "/api/import", form, cancel);
        Console.Out.WriteLine(answer.GetProperty("answer").GetString());
        return 0;
    }

    private static IEnumerable<FileInfo> Files(string path)
    {
        if (!Directory.Exists(path))
            return [File.Exists(path) ? new FileInfo(path) : throw new SreException(SreErrorKind.NotFound, $"There is no file or folder {path}.")];

        var found = TutorialColumns.Files.Select(file => new FileInfo(Path.Combine(path, file))).Where(file => file.Exists).ToList();
        return found.Count > 0 ? found : throw new SreException(SreErrorKind.NotFound, $"{path} holds none of {string.Join(", ", TutorialColumns.Files)}; name the files themselves, or make them with: sre-bot seed --tutorial --out {path}");
    }

    private static FileStream Open(FileInfo file)
    {
        try
        {
            return file.OpenRead();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new SreException(SreErrorKind.Invalid, $"{file.FullName} cannot be read: {error.Message}", error);
        }
    }
}
