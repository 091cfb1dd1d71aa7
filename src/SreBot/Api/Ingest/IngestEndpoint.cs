using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;
using SreBot.Access;
using SreBot.Model;
using SreBot.Telemetry;
using SreBot.Telemetry.Wire;

namespace SreBot.Api.Ingest;

/// <summary><c>POST /ingest</c>: a batch of requests, one JSON object a line; all of it is kept, or nothing. The same batch again counts once.</summary>
internal static class IngestEndpoint
{
    private const string KeyName = "Idempotency-Key";
    private const int MostKeyLength = 200;
    private const string DemoNote = "These rows stand in the demo organization and go with it; to keep real ones, run 'sre-bot demo remove' first, or start with Demo:Enabled=false.";
    private static readonly string[] Types = ["application/x-ndjson", "application/ndjson", "application/jsonl", "application/x-jsonlines", "application/json"];

    public static void MapIngest(this IEndpointRouteBuilder endpoints) => endpoints.MapPost("/ingest", Take)
        .WithSummary("Takes requests, one JSON object a line, gzip or plain. All of a batch is kept, or nothing; the same batch again counts once.");

    private static async Task<Results<Ok<Taken>, UnauthorizedHttpResult>> Take(
        HttpRequest request, ApiCaller callers, IngestGate gate, IngestReader reader, ProjectStore projects, ITelemetryStore telemetry, IOptions<IngestOptions> options, CancellationToken cancel)
    {
        if (await callers.FindAsync(request, cancel) is not { } principal)
        {
            return TypedResults.Unauthorized();
        }

        var scope = principal.Scope;
        scope.Require(Role.Sre, "send requests");
        telemetry.RequireOwn(scope.TelemetryDatabase, TelemetryTable.Request);
        var (isPacked, key) = Check(request, options.Value);
        using var pass = gate.Enter();
        var (batch, token) = await reader.ReadAsync(request.Body, isPacked, scope, key, pass, cancel);
        using (batch)
        {
            await projects.AddAsync(scope, batch.NewProjects, cancel);
            await InsertAsync(telemetry, scope, batch, $"ingest:{scope.OrganizationId}:{principal.Id:N}:{token}", cancel);
            return TypedResults.Ok(new Taken(principal.OrganizationSlug, batch.Count, batch.Days[0].From, batch.Days[^1].To.AddMilliseconds(-1), principal.IsDemo ? DemoNote : null));
        }
    }

    /// <summary>What can be told before the first byte of the body.</summary>
    private static (bool IsPacked, string? Key) Check(HttpRequest request, IngestOptions options)
    {
        var type = request.ContentType?.Split(';')[0].Trim().ToLowerInvariant();
        if (!Types.Contains(type))
            throw new SreException(SreErrorKind.Invalid, "Send the requests with Content-Type: application/x-ndjson, one JSON object a line.");

        var encoding = request.Headers.ContentEncoding.ToString();
        if (encoding is not ("" or "identity" or "gzip"))
            throw new SreException(SreErrorKind.Invalid, "Content-Encoding should be gzip, or left out.");
        if (request.ContentLength > options.BatchBytes)
            throw new SreException(SreErrorKind.TooLarge, $"The batch is larger than {options.BatchBytes:N0} bytes (Ingest:BatchBytes); nothing of it was taken. Send it in smaller ones.");

        var key = request.Headers[KeyName].ToString();
        if (key.Length > MostKeyLength)
            throw new SreException(SreErrorKind.Invalid, $"{KeyName} should have at most {MostKeyLength} characters.");

        // The reader counts what comes, packed or not.
        if (request.HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
            size.MaxRequestBodySize = null;

        return (encoding == "gzip", key.Length > 0 ? key : null);
    }

    private static async Task InsertAsync(ITelemetryStore telemetry, AccessScope scope, IngestBatch batch, string token, CancellationToken cancel)
    {
        try
        {
            await telemetry.InsertAsync(scope.TelemetryDatabase, batch.Days, token, cancel);
        }
        catch (Exception error) when (error is ClickHouseException or IOException or SreException { Kind: SreErrorKind.Unavailable })
        {
            throw new SreException(SreErrorKind.Unavailable, "The telemetry store did not take the whole batch; send the same batch again: what is there already is not counted twice.", error);
        }
    }

    /// <summary>What was kept, now or when the same batch came before.</summary>
    /// <param name="Organization">Where the rows are now.</param>
    /// <param name="From">The oldest row's timestamp.</param>
    /// <param name="To">The newest row's timestamp.</param>
    /// <param name="Note">What the sender should know; left out when there is nothing.</param>
    internal sealed record Taken(string Organization, int Rows, DateTimeOffset From, DateTimeOffset To, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Note);
}
