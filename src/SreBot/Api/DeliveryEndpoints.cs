using Microsoft.AspNetCore.Http.HttpResults;
using SreBot.Access;
using SreBot.Delivery;
using SreBot.Model;

namespace SreBot.Api;

/// <summary><c>GET /api/deliveries/dead</c>: what could not be delivered; <c>POST /api/deliveries/again</c>: all of it once more.</summary>
internal static class DeliveryEndpoints
{
    public static void MapDeliveries(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet("/api/deliveries/dead", Dead).WithTags("Delivery").WithSummary("What could not be delivered.");
        endpoints.MapPost("/api/deliveries/again", Again).WithTags("Delivery").WithSummary("Sends all of it once more.");
    }

    private static async Task<Results<Ok<IReadOnlyList<DeadRow>>, UnauthorizedHttpResult>> Dead(HttpRequest request, ApiCaller callers, OutboxHealth outbox, CancellationToken cancel) =>
        await callers.FindAsync(request, cancel) is { } principal ? TypedResults.Ok(await outbox.DeadAsync(principal.Scope, cancel)) : TypedResults.Unauthorized();

    private static async Task<Results<Ok<SentAgain>, UnauthorizedHttpResult>> Again(
        HttpRequest request, ApiCaller callers, OutboxHealth outbox, TimeProvider time, CancellationToken cancel) =>
        await callers.FindAsync(request, cancel) is { } principal
            ? TypedResults.Ok(await AgainAsync(principal.Scope, outbox, time, cancel))
            : TypedResults.Unauthorized();

    private static async Task<SentAgain> AgainAsync(AccessScope scope, OutboxHealth outbox, TimeProvider time, CancellationToken cancel)
    {
        scope.Require(Role.Sre, "send messages again");
        return new SentAgain(await outbox.SendAgainAsync(scope, time.GetUtcNow(), cancel));
    }

    /// <summary>How many rows are sent again.</summary>
    internal sealed record SentAgain(int Count);
}
