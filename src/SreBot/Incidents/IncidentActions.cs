using SreBot.Model;

namespace SreBot.Incidents;

/// <summary>Acknowledges and snoozes what an alert has open.</summary>
internal sealed class IncidentActions(IncidentStore store, IncidentChanges changes) : IIncidentActions
{
    /// <summary>An alert has an incident a group.</summary>
    private const int Most = 100;

    public Task<string> AcknowledgeAsync(Caller caller, Guid alertId, CancellationToken cancel) => DoAsync(caller, alertId, new IncidentAct.Acknowledge(), cancel);

    public Task<string> SnoozeAsync(Caller caller, Guid alertId, TimeSpan? time, CancellationToken cancel) => DoAsync(caller, alertId, new IncidentAct.Snooze(time), cancel);

    private async Task<string> DoAsync(Caller caller, Guid alertId, IncidentAct act, CancellationToken cancel)
    {
        caller.Scope.Require(Role.Sre, act.Right);
        var open = await store.ListAsync(caller.Scope, new IncidentFilter("unresolved", AlertId: alertId), null, Most, cancel);
        var said = new List<string>();
        foreach (var incident in open.Reverse())
        {
            said.Add(await changes.DoAsync(caller, incident.Id, act, cancel));
        }

        return said.Count == 0 ? "The alert has no open incident that you can see." : string.Join(" ", said);
    }
}
