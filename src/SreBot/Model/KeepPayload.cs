namespace SreBot.Model;

/// <summary>Outbox handler <c>keep</c>: keep an incident's investigation as files, then say so in an <c>incident</c> row.</summary>
internal sealed record KeepPayload(long IncidentId)
{
    public const string Handler = "keep";
}
