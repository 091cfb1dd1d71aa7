using SreBot.Model;
using SreBot.Postgres;

namespace SreBot.Incidents;

/// <summary>Hands an incident's new version to the outbox, for every target that has its message.</summary>
internal static class IncidentNotices
{
    /// <summary>Of outbox rows and posted messages.</summary>
    public static string Subject(Incident incident) => $"incident:{incident.Id}";

    public static async Task AddAsync(PostgresSession session, Incident incident, IncidentNotice notice, CancellationToken cancel)
    {
        var rows = incident.IsStorm ? await StormRowsAsync(session, incident, notice, cancel) : Rows(incident, notice);
        await IncidentOutboxRow.AddAsync(session, incident.OrganizationId, rows, cancel);
    }

    /// <summary>One row a target.</summary>
    public static IEnumerable<IncidentOutboxRow> Rows(Incident incident, IncidentNotice notice)
    {
        var payload = Payload(incident, [], notice);
        return incident.Targets.Select(target => Row(incident, target, payload, notice.At));
    }

    /// <summary>One row a target, which is told of the members that name it, and of no other.</summary>
    public static async Task<IEnumerable<IncidentOutboxRow>> StormRowsAsync(PostgresSession session, Incident storm, IncidentNotice notice, CancellationToken cancel)
    {
        var members = await IncidentMembers.OfAsync(session, storm.Id, cancel);
        var audience = await StormAudience.OfAsync(session, cancel);
        var byTarget = members.SelectMany(member => member.Targets.Distinct().Select(target => (target, member))).ToLookup(item => item.target, item => item.member);
        return storm.Targets.Select(target => (Target: target, Members: audience.Told(target, [.. byTarget[target]])))
            .Where(view => view.Members.Count > 0 && (view.Members.Count == members.Count || !notice.IsOfTheWhole))
            .Select(view => Row(storm, view.Target, Payload(IncidentStorm.Cut(storm, view.Members, members.Count), view.Members, notice), notice.At));
    }

    private static IncidentOutboxRow Row(Incident incident, string target, NotifyPayload payload, DateTimeOffset due) =>
        new(Subject(incident), incident.Version, NotifyPayload.Handler, target, payload, due);

    private static NotifyPayload Payload(Incident incident, IReadOnlyList<IncidentMember> members, IncidentNotice notice) =>
        new(IncidentMessage.Of(incident, members), notice.Change, incident.Projects) { Facts = Facts(incident, notice), Filter = incident.Filter };

    private static NotifyFacts Facts(Incident incident, IncidentNotice notice) => new()
    {
        Event = notice.Event,
        Key = incident.Number,
        Title = incident.Title,
        Severity = incident.Severity,
        Status = incident.Status,
        Projects = incident.Projects,
        Alert = incident.AlertName,
        Server = incident.ServerId,
        StartedAt = incident.StartedAt,
        At = notice.At,
        Finding = incident.Finding,
        RunbookUrl = incident.RunbookUrl,
        TicketUrl = incident.TicketUrl,
        Page = incident.Page,
        Kept = incident.KeptPages,
    };
}
