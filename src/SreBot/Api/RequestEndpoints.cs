using System.ComponentModel;
using Microsoft.AspNetCore.Http.HttpResults;
using SreBot.Access;

namespace SreBot.Api;

/// <summary><c>GET /api/requests</c>.</summary>
internal static class RequestEndpoints
{
    private const int Usual = 100;
    private const int Most = 1000;

    public static void MapRequests(this IEndpointRouteBuilder endpoints) =>
        endpoints.MapGet("/api/requests", List).WithTags("Telemetry").WithSummary("Single requests, newest first, in pages.");

    private static async Task<Results<Ok<RequestPage>, UnauthorizedHttpResult>> List(
        HttpRequest request, ApiCaller callers, RequestReader requests,
        [Description("Such as Project_3; all that you may see when left out.")] string? project,
        [Description("Such as Server_9.")] string? server,
        [Description("Inclusive, UTC, such as 2023-08-01 13:00:00.")] string? from,
        [Description("Exclusive.")] string? to,
        [Description("1 to 1000; 100 when left out.")] int? limit,
        [Description("The 'next' of the page before.")] string? after,
        CancellationToken cancel) => await callers.FindAsync(request, cancel) is { } principal
            ? TypedResults.Ok(await requests.PageAsync(principal.Scope, project, server, ApiPage.Time("from", from), ApiPage.Time("to", to), after, ApiPage.Limit(limit, Usual, Most), cancel))
            : TypedResults.Unauthorized();
}
