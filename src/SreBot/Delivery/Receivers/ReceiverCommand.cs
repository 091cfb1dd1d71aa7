using SreBot.Adapters.Chat;
using SreBot.Model;

namespace SreBot.Delivery.Receivers;

/// <summary><c>receiver add</c>, <c>list</c>, <c>remove</c> and <c>test</c>. Every answer is for the asker alone: it names addresses, and at times a secret.</summary>
internal sealed class ReceiverCommand(ReceiverStore receivers) : ICommandHandler
{
    public string Verb => "receiver";

    public IReadOnlyList<string> Examples => ReceiverGrammar.Examples;

    public async Task<ChatReply> HandleAsync(string text, Caller caller, CancellationToken cancel)
    {
        var (verb, rest) = text.Trim().Split(' ', 2, StringSplitOptions.TrimEntries) is [var first, var after] ? (first, after) : (text.Trim(), "");
        var reply = verb.ToLowerInvariant() switch
        {
            "" or "list" => List(await receivers.ListAsync(caller.Principal.Scope, cancel)),
            "add" => await AddAsync(rest, caller, cancel),
            "remove" => await RemoveAsync(ReceiverGrammar.Target(rest), caller, cancel),
            "test" => await TestAsync(ReceiverGrammar.Target(rest), caller, cancel),
            _ => throw new SreException(SreErrorKind.Invalid, $"After 'receiver' comes add, list, test or remove, such as: {ReceiverGrammar.Examples[0]}"),
        };
        return reply with { IsPrivate = true };
    }

    private async Task<ChatReply> AddAsync(string text, Caller caller, CancellationToken cancel)
    {
        caller.Principal.Scope.Require(Role.Admin, "add receivers"); // before a mistake is explained to somebody who may not
        var draft = ReceiverGrammar.Draft(text);
        return ChatReply.Of(Sentence(await receivers.AddAsync(caller.Principal, draft, cancel), draft.Key is not null && caller.Address is not null));
    }

    /// <param name="isKeyInChat">The asker wrote a secret into a chat.</param>
    public static string Sentence(AddedReceiver added, bool isKeyInChat)
    {
        var told = added.Projects.Count == 0 ? "all projects" : string.Join(", ", added.Projects);
        var said = $"{added.Target} {(added.IsNew ? "is a receiver now" : "is changed")}: it may be told of {told}. Try it with: receiver test {added.Target}";
        return (added.Secret, isKeyInChat) switch
        {
            ({ } secret, _) => $"{said} Its signing secret, shown this once: {secret}",
            (null, true) => $"{said} The routing key stands in this chat now: delete that message. POST /api/receivers keeps the next one out of it.",
            _ => said,
        };
    }

    private async Task<ChatReply> RemoveAsync(NotifyTarget target, Caller caller, CancellationToken cancel)
    {
        var rules = await receivers.RemoveAsync(caller.Principal, target, cancel);
        return ChatReply.Of($"{target} is removed.{(rules == 0 ? "" : $" {rules} alert {(rules == 1 ? "rule still names" : "rules still name")} it: what they send there is kept as not delivered.")}");
    }

    private async Task<ChatReply> TestAsync(NotifyTarget target, Caller caller, CancellationToken cancel)
    {
        await receivers.TestAsync(caller.Principal, target, cancel);
        return ChatReply.Of($"A test message is on its way to {target}; if it does not get there, 'delivery list' says why.");
    }

    private static ChatReply List(IReadOnlyList<Receiver> receivers) => receivers.Count == 0
        ? ChatReply.Of($"There is no receiver outside chat yet; an admin adds one with: {ReceiverGrammar.Examples[0]}")
        : new ChatReply
        {
            Summary = $"{receivers.Count} {(receivers.Count == 1 ? "receiver" : "receivers")} outside chat.",
            Blocks =
            [
                new ReplyTable("Receivers", ["Receiver", "Address", "Projects", "Added by"],
                    [.. receivers.Select(receiver => (IReadOnlyList<string>)[receiver.Target, receiver.Address, receiver.Projects.Count == 0 ? "all" : string.Join(", ", receiver.Projects), receiver.CreatedBy])], []),
            ],
        };
}
