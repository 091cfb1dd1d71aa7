namespace SreBot.Incidents;

/// <summary>Which incidents to list.</summary>
/// <param name="Status">Null: any; else <c>open</c>, <c>acknowledged</c>, <c>resolved</c>, <c>unresolved</c> or <c>snoozed</c>.</param>
/// <param name="Project">Null: any.</param>
/// <param name="AlertId">Null: of any alert. A storm counts while an episode of the alert in it goes on.</param>
internal sealed record IncidentFilter(string? Status = null, string? Project = null, Guid? AlertId = null);
