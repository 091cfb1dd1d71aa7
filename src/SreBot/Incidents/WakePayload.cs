namespace SreBot.Incidents;

/// <summary>Outbox handler <c>wake</c>: a snooze is over.</summary>
/// <param name="Until">Of which snooze; another one may have taken its place.</param>
internal sealed record WakePayload(long IncidentId, DateTimeOffset Until)
{
    public const string Handler = "wake";
}
