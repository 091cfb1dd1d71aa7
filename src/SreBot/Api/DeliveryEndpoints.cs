using Microsoft.AspNetCore.Http.HttpResults;
using SreBot.Access;
using SreBot.Delivery;

namespace SreBot.Api;

/// <summary><c>GET /api/deliveries/dead</c>: what could not be delivered; <c>POST /api/deliveries/again</c>: all of it once more.</summary>
internal static class DeliveryEndpoints
{
    public static void MapDeliveries(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet("/api/deliveries/dead", Dead);
        endpoints.MapPost("/api/deliveries/again", Again);
    }

    private static async Task<Results<Ok<IReadOnlyList<DeadRow>>, UnauthorizedHttpResult>> Dead(HttpRequest request, ApiCaller callers, OutboxHealth outbox, CancellationToken cancel) =>
        await callers.FindAsync(request, cancel) is { } principal ? TypedResults.Ok(await outbox.DeadAsync(principal.Scope, cancel)) : TypedResults.Unauthorized();

    private static async Task<Results<Ok<SentAgain>, UnauthorizedHttpResult>> Again(
        HttpRequest request, ApiCaller callers, OutboxHealth outbox, TimeProvider time, CancellationToken cancel) =>
        await callers.FindAsync(request, cancel) is { } principal
            ? TypedResults.Ok(new SentAgain(await outbox.SendAgainAsync(principal.Scope, time.GetUtcNow(), cancel)))
            : TypedResults.Unauthorized();

    /// <summary>How many rows are sent again.</summary>
    internal sealed record SentAgain(int Count);
}
