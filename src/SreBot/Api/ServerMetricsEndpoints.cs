using System.ComponentModel;
using Microsoft.AspNetCore.Http.HttpResults;
using SreBot.Access;
using SreBot.Model;

namespace SreBot.Api;

/// <summary><c>GET /api/server-metrics</c>.</summary>
internal static class ServerMetricsEndpoints
{
    private const int Usual = 1000;
    private const int Most = 10_000;

    public static void MapServerMetrics(this IEndpointRouteBuilder endpoints) =>
        endpoints.MapGet("/api/server-metrics", List).WithTags("Telemetry").WithSummary("Servers by hour: mean CPU, mean memory, total requests; both bounds are exclusive.");

    private static async Task<Results<Ok<ServerMetrics>, UnauthorizedHttpResult>> List(
        HttpRequest request, ApiCaller callers, ServerMetricsReader metrics,
        [Description("Hours that begin after it, UTC, such as 2023-08-01 00:00:00; exclusive.")] string from,
        [Description("Hours that begin before it; exclusive.")] string to,
        [Description("Such as Server_9; every server when left out.")] string? server,
        [Description("1 to 10000; 1000 when left out.")] int? limit,
        CancellationToken cancel)
    {
        if (await callers.FindAsync(request, cancel) is not { } principal)
        {
            return TypedResults.Unauthorized();
        }

        var (after, before) = (Needed("from", from), Needed("to", to));
        return TypedResults.Ok(await metrics.ReadAsync(principal.Scope, server, after, before, ApiPage.Limit(limit, Usual, Most), cancel));
    }

    private static DateTimeOffset Needed(string name, string text) =>
        ApiPage.Time(name, text) ?? throw new SreException(SreErrorKind.Invalid, $"Name {name}, such as {UtcTime.Example}, in UTC.");
}
