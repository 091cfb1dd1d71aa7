using Microsoft.AspNetCore.Http.HttpResults;
using SreBot.Access;
using SreBot.Delivery;
using SreBot.Model;

namespace SreBot.Api;

/// <summary><c>GET /api/deliveries/dead</c>: what could not be delivered; <c>GET /api/deliveries/waiting</c>: what is tried again by
/// itself; <c>POST /api/deliveries/again</c>: what could not be delivered once more.</summary>
internal static class DeliveryEndpoints
{
    public static void MapDeliveries(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet("/api/deliveries/dead", Dead).WithTags("Delivery").WithSummary("What could not be delivered.");
        endpoints.MapGet("/api/deliveries/waiting", Waiting).WithTags("Delivery").WithSummary("What failed and is tried again by itself.");
        endpoints.MapPost("/api/deliveries/again", Again).WithTags("Delivery").WithSummary("Sends all that could not be delivered once more, or the one message with that id.");
    }

    private static async Task<Results<Ok<IReadOnlyList<DeadRow>>, UnauthorizedHttpResult>> Dead(HttpRequest request, ApiCaller callers, OutboxHealth outbox, CancellationToken cancel) =>
        await callers.FindAsync(request, cancel) is { } principal ? TypedResults.Ok(await outbox.DeadAsync(principal.Scope, cancel)) : TypedResults.Unauthorized();

    private static async Task<Results<Ok<IReadOnlyList<DeadRow>>, UnauthorizedHttpResult>> Waiting(HttpRequest request, ApiCaller callers, OutboxHealth outbox, CancellationToken cancel) =>
        await callers.FindAsync(request, cancel) is { } principal ? TypedResults.Ok(await outbox.WaitingAsync(principal.Scope, cancel)) : TypedResults.Unauthorized();

    private static async Task<Results<Ok<SentAgain>, UnauthorizedHttpResult>> Again(
        long? id, HttpRequest request, ApiCaller callers, OutboxHealth outbox, TimeProvider time, CancellationToken cancel) =>
        await callers.FindAsync(request, cancel) is { } principal
            ? TypedResults.Ok(new SentAgain(await AgainAsync(principal.Scope, id, outbox, time.GetUtcNow(), cancel)))
            : TypedResults.Unauthorized();

    private static async Task<int> AgainAsync(AccessScope scope, long? id, OutboxHealth outbox, DateTimeOffset now, CancellationToken cancel) =>
        id is not { } one ? await outbox.SendAgainAsync(scope, now, cancel)
            : await outbox.SendAgainAsync(scope, one, now, cancel) ? 1
            : throw new SreException(SreErrorKind.NotFound, $"No message {one} waits or was given up.");

    /// <summary>How many rows are sent again.</summary>
    internal sealed record SentAgain(int Count);
}
