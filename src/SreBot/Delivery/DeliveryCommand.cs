using SreBot.Adapters.Chat;
using SreBot.Model;

namespace SreBot.Delivery;

/// <summary><c>delivery list</c>: what waits and what was given up, with the reason; <c>delivery again</c>: it is sent once more.</summary>
internal sealed class DeliveryCommand(OutboxHealth outbox, TimeProvider time) : ICommandHandler
{
    public string Verb => "delivery";

    public IReadOnlyList<string> Examples { get; } = ["delivery list", "delivery again 42", "delivery again all"];

    public async Task<ChatReply> HandleAsync(string text, Caller caller, CancellationToken cancel)
    {
        var scope = caller.Principal.Scope;
        var reply = text.ToLowerInvariant().Split(' ', StringSplitOptions.RemoveEmptyEntries) switch
        {
            [] or ["list"] => DeliveryList.Of(await outbox.DeadAsync(scope, cancel), await outbox.WaitingAsync(scope, cancel)),
            ["again", "all"] => Again(await outbox.SendAgainAsync(scope, time.GetUtcNow(), cancel)),
            ["again", var number] when long.TryParse(number, out var id) => await outbox.SendAgainAsync(scope, id, time.GetUtcNow(), cancel)
                ? ChatReply.Of($"Message {id} is sent again.")
                : throw new SreException(SreErrorKind.NotFound, $"No message {id} waits or was given up; 'delivery list' shows those that were."),
            _ => throw new SreException(SreErrorKind.Invalid, $"After 'delivery' comes list or again, such as: {string.Join(", ", Examples)}"),
        };
        return reply with { IsPrivate = true };
    }

    private static ChatReply Again(int count) => ChatReply.Of(count switch { 0 => "Nothing was given up.", 1 => "1 message is sent again.", _ => $"{count} messages are sent again." });
}
