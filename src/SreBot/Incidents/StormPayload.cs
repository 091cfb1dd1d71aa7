namespace SreBot.Incidents;

/// <summary>Outbox handler <c>storm</c>: show how many of a storm's members are over.</summary>
internal sealed record StormPayload(long IncidentId)
{
    public const string Handler = "storm";
}
