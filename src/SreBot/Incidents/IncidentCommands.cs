using SreBot.Adapters.Chat;
using SreBot.Model;

namespace SreBot.Incidents;

/// <summary>The commands <c>incident …</c>.</summary>
internal sealed class IncidentCommands(IncidentStore store, IncidentChanges changes) : ICommandHandler
{
    /// <summary>How many a list shows.</summary>
    private const int Listed = 20;

    public string Verb => "incident";

    public IReadOnlyList<string> Examples { get; } = ["incident list", "incident show INC-7", "incident ack INC-7", "incident resolve INC-7"];

    public async Task<ChatReply> HandleAsync(string text, Caller caller, CancellationToken cancel)
    {
        var words = text.Trim().Split(' ', 2, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return (words.FirstOrDefault()?.ToLowerInvariant(), words.Length) switch
        {
            (null, _) or ("list", 1) => await ListAsync(caller, cancel),
            ("show", 2) => await ShowAsync(caller, IncidentNumber.Parse(words[1]), cancel),
            ("ack" or "acknowledge", 2) => ChatReply.Of(await changes.AcknowledgeAsync(caller, IncidentNumber.Parse(words[1]), cancel)),
            ("resolve", 2) => ChatReply.Of(await changes.ResolveAsync(caller, IncidentNumber.Parse(words[1]), cancel)),
            ("show" or "ack" or "acknowledge" or "resolve", 1) => throw new SreException(SreErrorKind.Invalid, $"Word 2 should be an incident; for example: incident {words[0]} INC-7"),
            _ => throw new SreException(SreErrorKind.Invalid, "Word 1 should be list, show, ack or resolve; for example: incident show INC-7"),
        };
    }

    private async Task<ChatReply> ListAsync(Caller caller, CancellationToken cancel)
    {
        var incidents = await store.RecentAsync(caller.Scope, Listed, cancel);
        return incidents.Count == 0
            ? ChatReply.Of(IncidentReplies.Summary(incidents))
            : new ChatReply { Summary = IncidentReplies.Summary(incidents), Blocks = [IncidentReplies.Table(incidents)] };
    }

    private async Task<ChatReply> ShowAsync(Caller caller, long id, CancellationToken cancel)
    {
        var incident = await store.GetAsync(caller.Scope, id, cancel);
        var message = IncidentMessage.Of(incident);
        return message with { Blocks = [.. message.Blocks, IncidentReplies.Timeline(await store.TimelineAsync(caller.Scope, incident, cancel))] };
    }
}
