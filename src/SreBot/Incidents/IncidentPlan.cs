namespace SreBot.Incidents;

/// <summary>An act on an incident that waits for its click.</summary>
/// <param name="Act"><c>acknowledge</c>, <c>resolve</c> or <c>snooze</c>.</param>
/// <param name="Time">Of a snooze, from the click on; null: until it is resolved.</param>
internal sealed record IncidentPlan(long IncidentId, string Act, TimeSpan? Time = null)
{
    public IncidentAct ToAct() => Act switch { "acknowledge" => new IncidentAct.Acknowledge(), "resolve" => new IncidentAct.Resolve(), _ => new IncidentAct.Snooze(Time) };
}
