using SreBot.Adapters.Chat;

namespace SreBot.Incidents;

/// <summary>Lists of incidents as people see them. Pure.</summary>
internal static class IncidentReplies
{
    public static string Summary(IReadOnlyList<Incident> incidents) => incidents.Count switch
    {
        0 => "There are no incidents yet.",
        1 => $"One incident: {incidents[0].Number}, {IncidentMessage.Status(incidents[0])}.",
        _ => $"The newest {incidents.Count} incidents, {incidents.Count(incident => !incident.IsResolved)} of them not resolved.",
    };

    public static string Summary(IReadOnlyList<Incident> incidents, IncidentFilter filter) => (filter, incidents.Count) switch
    {
        ({ Status: null, Project: null }, _) => Summary(incidents),
        (_, 0) => $"There are no {Which(filter)}.",
        (_, 1) => $"One of the {Which(filter)}: {incidents[0].Number}.",
        _ => $"The newest {incidents.Count} {Which(filter)}.",
    };

    private static string Which(IncidentFilter filter) => $"{(filter.Status is { } status ? $"{status} " : "")}incidents{(filter.Project is { } project ? $" in {project}" : "")}";

    public static ReplyTable Table(IReadOnlyList<Incident> incidents) => new("Incidents", ["Incident", "Status", "Severity", "What", "Since (UTC)"],
        [.. incidents.Select(incident => (IReadOnlyList<string>)[
            incident.Number, IncidentMessage.Status(incident), incident.Severity, incident.Title, $"{incident.StartedAt:yyyy-MM-dd HH:mm}"])], []);

    public static ReplyTable Timeline(IReadOnlyList<IncidentEvent> events) => new("Timeline", ["When (UTC)", "Who", "What"],
        [.. events.Select(entry => (IReadOnlyList<string>)[$"{entry.At:yyyy-MM-dd HH:mm}", entry.Who, entry.What])], []);
}
