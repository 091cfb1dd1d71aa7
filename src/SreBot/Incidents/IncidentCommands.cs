using SreBot.Adapters.Chat;
using SreBot.Model;

namespace SreBot.Incidents;

/// <summary>The commands <c>incident …</c>.</summary>
internal sealed class IncidentCommands(IncidentStore store, IncidentChanges changes) : ICommandHandler
{
    /// <summary>How many a list shows.</summary>
    private const int Listed = 20;

    public string Verb => "incident";

    public IReadOnlyList<string> Examples => IncidentGrammar.Examples;

    public Task<ChatReply> HandleAsync(string text, Caller caller, CancellationToken cancel) => IncidentGrammar.Parse(text) switch
    {
        IncidentCommand.List list => ListAsync(caller, list.Filter, cancel),
        IncidentCommand.Show show => ShowAsync(caller, show.Id, cancel),
        IncidentCommand.Do act => DoAsync(caller, act, cancel),
        _ => throw new InvalidOperationException("A command of no known kind."),
    };

    private async Task<ChatReply> ListAsync(Caller caller, IncidentFilter filter, CancellationToken cancel)
    {
        var incidents = await store.ListAsync(caller.Scope, filter, null, Listed, cancel);
        var summary = IncidentReplies.Summary(incidents, filter);
        return incidents.Count == 0 ? ChatReply.Of(summary) : new ChatReply { Summary = summary, Blocks = [IncidentReplies.Table(incidents)] };
    }

    private async Task<ChatReply> ShowAsync(Caller caller, long id, CancellationToken cancel)
    {
        var incident = await store.GetAsync(caller.Scope, id, cancel);
        var message = IncidentMessage.Of(incident, await store.MembersAsync(caller.Scope, incident, cancel));
        return message with { Blocks = [.. message.Blocks, IncidentReplies.Timeline(await store.TimelineAsync(caller.Scope, incident, cancel))] };
    }

    private async Task<ChatReply> DoAsync(Caller caller, IncidentCommand.Do act, CancellationToken cancel) => ChatReply.Of(await changes.DoAsync(caller, act.Id, act.Act, cancel));
}
