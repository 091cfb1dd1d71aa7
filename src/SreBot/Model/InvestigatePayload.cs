namespace SreBot.Model;

/// <summary>Outbox handler <c>investigate</c>: find the cause of an incident, then say so in an <c>incident</c> row.</summary>
internal sealed record InvestigatePayload(long IncidentId)
{
    public const string Handler = "investigate";
}
