using Microsoft.AspNetCore.Http.HttpResults;
using SreBot.Access;
using SreBot.Delivery;
using SreBot.Delivery.Receivers;
using SreBot.Model;

namespace SreBot.Api;

/// <summary><c>/api/receivers</c>: where alerts may go outside chat; what the command <c>receiver</c> does, without a secret in a chat.</summary>
internal static class ReceiverEndpoints
{
    public static void MapReceivers(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet("/api/receivers", List).WithTags("Delivery").WithSummary("Where alerts may go outside chat.");
        endpoints.MapPost("/api/receivers", Add).WithTags("Delivery").WithSummary("Adds a receiver, or changes the one of that name; a webhook's signing secret is in the answer this once. An admin's.");
        endpoints.MapDelete("/api/receivers/{target}", Remove).WithTags("Delivery").WithSummary("Removes a receiver, such as email:ops@example.org. An admin's.");
        endpoints.MapPost("/api/receivers/{target}/test", Test).WithTags("Delivery").WithSummary("Sends a receiver a test message. An admin's.");
    }

    private static async Task<Results<Ok<IReadOnlyList<ReceiverRow>>, UnauthorizedHttpResult>> List(HttpRequest request, ApiCaller callers, ReceiverStore receivers, CancellationToken cancel) =>
        await callers.FindAsync(request, cancel) is { } principal
            ? TypedResults.Ok<IReadOnlyList<ReceiverRow>>([.. (await receivers.ListAsync(principal.Scope, cancel)).Select(ReceiverRow.Of)])
            : TypedResults.Unauthorized();

    private static async Task<Results<Ok<AddedReceiver>, UnauthorizedHttpResult>> Add(ReceiverBody body, HttpRequest request, ApiCaller callers, ReceiverStore receivers, CancellationToken cancel) =>
        await callers.FindAsync(request, cancel) is { } principal ? TypedResults.Ok(await receivers.AddAsync(principal, body.ToDraft(), cancel)) : TypedResults.Unauthorized();

    private static async Task<Results<NoContent, UnauthorizedHttpResult>> Remove(string target, HttpRequest request, ApiCaller callers, ReceiverStore receivers, CancellationToken cancel)
    {
        if (await callers.FindAsync(request, cancel) is not { } principal)
        {
            return TypedResults.Unauthorized();
        }

        await receivers.RemoveAsync(principal, ReceiverGrammar.Target(target), cancel);
        return TypedResults.NoContent();
    }

    private static async Task<Results<Accepted, UnauthorizedHttpResult>> Test(string target, HttpRequest request, ApiCaller callers, ReceiverStore receivers, CancellationToken cancel)
    {
        if (await callers.FindAsync(request, cancel) is not { } principal)
        {
            return TypedResults.Unauthorized();
        }

        await receivers.TestAsync(principal, ReceiverGrammar.Target(target), cancel);
        return TypedResults.Accepted((string?)null);
    }

    /// <summary>A receiver to add.</summary>
    /// <param name="Kind"><c>email</c>, <c>sms</c>, <c>webhook</c> or <c>pagerduty</c>.</param>
    /// <param name="Name">Of a webhook or PagerDuty, as rules name it.</param>
    /// <param name="Address">The mail address, the number or the URL; PagerDuty's own when it is left out there.</param>
    /// <param name="Key">PagerDuty's routing key.</param>
    /// <param name="Projects">It may be told of these; all when it is left out.</param>
    internal sealed record ReceiverBody(string Kind, string? Name, string? Address, string? Key, IReadOnlyList<string>? Projects)
    {
        public ReceiverDraft ToDraft() => NotifyTarget.KindOf(Kind) switch
        {
            null => throw new SreException(SreErrorKind.Invalid, $"'{Kind}' is no kind of receiver; it should be email, sms, webhook or pagerduty."),
            { } kind and (NotifyTargetKind.Email or NotifyTargetKind.Sms) => new(NotifyTarget.Of(kind, Address ?? Name ?? ""), null, null, Projects ?? []),
            NotifyTargetKind.Webhook when Address is null => throw new SreException(SreErrorKind.Invalid, "A webhook needs its address, such as https://example.org/srebot."),
            { } kind => new(NotifyTarget.Of(kind, Name ?? ""), Address, Key, Projects ?? []),
        };
    }

    /// <summary>A receiver as it is listed.</summary>
    internal sealed record ReceiverRow(string Target, string Address, IReadOnlyList<string> Projects, string CreatedBy, DateTime CreatedAt)
    {
        public static ReceiverRow Of(Receiver receiver) => new(receiver.Target, receiver.Address, receiver.Projects, receiver.CreatedBy, receiver.CreatedAt);
    }
}
