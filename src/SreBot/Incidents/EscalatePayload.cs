namespace SreBot.Incidents;

/// <summary>Outbox handler <c>escalate</c>: tell another target of an incident that nobody has acknowledged.</summary>
/// <param name="After">From the opening on.</param>
internal sealed record EscalatePayload(long IncidentId, string Target, TimeSpan After)
{
    public const string Handler = "escalate";
}
