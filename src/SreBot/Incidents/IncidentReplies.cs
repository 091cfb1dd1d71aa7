using SreBot.Adapters.Chat;

namespace SreBot.Incidents;

/// <summary>Lists of incidents as people see them. Pure.</summary>
internal static class IncidentReplies
{
    public static string Summary(IReadOnlyList<Incident> incidents) => incidents.Count switch
    {
        0 => "There are no incidents yet.",
        1 => $"One incident: {IncidentNumber.Text(incidents[0].Id)}, {incidents[0].Status}.",
        _ => $"The newest {incidents.Count} incidents, {incidents.Count(incident => !incident.IsResolved)} of them not resolved.",
    };

    public static ReplyTable Table(IReadOnlyList<Incident> incidents) => new("Incidents", ["Incident", "Status", "Severity", "What", "Since (UTC)"],
        [.. incidents.Select(incident => (IReadOnlyList<string>)[
            IncidentNumber.Text(incident.Id), incident.Status, incident.Severity, incident.Title, $"{incident.StartedAt:yyyy-MM-dd HH:mm}"])], []);

    public static ReplyTable Timeline(IReadOnlyList<IncidentEvent> events) => new("Timeline", ["When (UTC)", "Who", "What"],
        [.. events.Select(entry => (IReadOnlyList<string>)[$"{entry.At:yyyy-MM-dd HH:mm}", entry.Who, entry.What])], []);
}
