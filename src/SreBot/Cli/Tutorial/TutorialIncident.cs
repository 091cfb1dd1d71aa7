namespace SreBot.Cli.Tutorial;

/// <summary>A line of <c>incident.csv</c>.</summary>
internal sealed record TutorialIncident(long IncidentId, DateTimeOffset Timestamp, string RequestId);
