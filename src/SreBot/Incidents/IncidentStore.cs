using System.Text.Json;
using Dapper;
using SreBot.Model;
using SreBot.Postgres;

namespace SreBot.Incidents;

/// <summary>The incidents of an organization, as far as a scope sees them: all of an incident's projects, and no less than the scope's conditions.
/// Of a storm those members are seen whose projects are; see <see cref="IncidentStorm.Cut"/>.</summary>
internal sealed class IncidentStore(PostgresDatabase postgres)
{
    private const string VisibleSql = """
        filter @> @conditions::jsonb AND (projects <@ @projects OR is_storm AND EXISTS (
            SELECT FROM incident_member m WHERE m.organization_id = incident.organization_id AND m.incident_id = incident.id AND m.projects <@ @projects))
        """;

    private const string FindSql = $"SELECT {Incident.Columns} FROM incident WHERE id = @id AND {VisibleSql}";

    /// <summary>Null when the scope sees none with that number.</summary>
    public async Task<Incident?> FindAsync(AccessScope scope, long id, CancellationToken cancel)
    {
        await using var session = await postgres.BeginAsync(scope, cancel);
        var found = await session.Connection.QuerySingleOrDefaultAsync<Incident>(session.Command(FindSql, Visible(scope, id), cancel));
        return found is null ? null : await CutAsync(session, scope, found, cancel);
    }

    private static async Task<Incident> CutAsync(PostgresSession session, AccessScope scope, Incident incident, CancellationToken cancel)
    {
        if (!incident.IsStorm || incident.Projects.All(scope.Projects.Contains))
        {
            return incident;
        }

        var members = await IncidentMembers.OfAsync(session, incident.Id, cancel);
        return IncidentStorm.Cut(incident, Seen(scope, members), members.Count);
    }

    private static List<IncidentMember> Seen(AccessScope scope, IReadOnlyList<IncidentMember> members) => [.. members.Where(member => member.Projects.All(scope.Projects.Contains))];

    /// <summary>The members of a storm that the scope sees; of any other incident none.</summary>
    public async Task<IReadOnlyList<IncidentMember>> MembersAsync(AccessScope scope, Incident incident, CancellationToken cancel)
    {
        await using var session = await postgres.BeginAsync(scope, cancel);
        return incident.IsStorm ? Seen(scope, await IncidentMembers.OfAsync(session, incident.Id, cancel)) : [];
    }

    /// <exception cref="SreException">NotFound, naming the newest that are there.</exception>
    public async Task<Incident> GetAsync(AccessScope scope, long id, CancellationToken cancel)
    {
        if (await FindAsync(scope, id, cancel) is { } incident)
        {
            return incident;
        }

        var newest = await RecentAsync(scope, 3, cancel);
        var there = newest.Count == 0 ? "there are none yet." : $"the newest {(newest.Count == 1 ? "is" : "are")} {string.Join(", ", newest.Select(other => IncidentNumber.Text(other.Id)))}.";
        throw new SreException(SreErrorKind.NotFound, $"There is no incident {IncidentNumber.Text(id)} that you can see; {there}");
    }

    /// <summary>Newest first.</summary>
    public Task<IReadOnlyList<Incident>> RecentAsync(AccessScope scope, int count, CancellationToken cancel) => ListAsync(scope, new IncidentFilter(), null, count, cancel);

    private const string ListSql = $"""
        SELECT {Incident.Columns}
        FROM incident
        WHERE {VisibleSql} AND (@after::bigint IS NULL OR id < @after) AND (@project::text IS NULL OR projects @> ARRAY[@project::text])
            AND (@status::text IS NULL OR status = @status OR @status = 'unresolved' AND status <> 'resolved' OR @status = 'snoozed' AND status <> 'resolved' AND snoozed_until IS NOT NULL)
            AND (@alertId::uuid IS NULL OR alert_id = @alertId OR EXISTS (
                SELECT FROM incident_member m WHERE m.organization_id = incident.organization_id AND m.incident_id = incident.id AND m.alert_id = @alertId AND m.ended_at IS NULL))
        ORDER BY id DESC
        LIMIT @count
        """;

    /// <summary>A page, newest first.</summary>
    /// <param name="after">The last number of the page before; null: the first page.</param>
    public async Task<IReadOnlyList<Incident>> ListAsync(AccessScope scope, IncidentFilter filter, long? after, int count, CancellationToken cancel)
    {
        await using var session = await postgres.BeginAsync(scope, cancel);
        var page = new
        {
            filter.Status, filter.Project, filter.AlertId, after, count, projects = scope.Projects.ToArray(), conditions = JsonSerializer.Serialize(scope.Conditions, SreJson.Options),
        };
        var seen = new List<Incident>();
        foreach (var incident in (await session.Connection.QueryAsync<Incident>(session.Command(ListSql, page, cancel))).ToList())
        {
            seen.Add(await CutAsync(session, scope, incident, cancel));
        }

        return seen;
    }

    private const string OfEpisodeSql = $"""
        SELECT {Incident.Columns}
        FROM incident
        WHERE episode_id = @episodeId OR id = (SELECT m.incident_id FROM incident_member m WHERE m.episode_id = @episodeId)
        FOR UPDATE OF incident
        """;

    private const string OfIdSql = $"SELECT {Incident.Columns} FROM incident WHERE id = @id FOR UPDATE";

    /// <summary>For SreBot's own work: the incident of an episode, or of its storm, held until the commit; null when there is none.</summary>
    public static Task<Incident?> OfEpisodeAsync(PostgresSession session, Guid episodeId, CancellationToken cancel) =>
        session.Connection.QuerySingleOrDefaultAsync<Incident>(session.Command(OfEpisodeSql, new { episodeId }, cancel));

    /// <summary>For SreBot's own work: the incident, held until the commit; null when there is none.</summary>
    public static Task<Incident?> OfIdAsync(PostgresSession session, long id, CancellationToken cancel) =>
        session.Connection.QuerySingleOrDefaultAsync<Incident>(session.Command(OfIdSql, new { id }, cancel));

    /// <summary>Opens the incident of one episode; null when it is open already.</summary>
    public static async Task<Incident?> OpenAsync(PostgresSession session, long organizationId, Guid episodeId, EpisodeFacts episode, CancellationToken cancel)
    {
        if (await OfEpisodeAsync(session, episodeId, cancel) is not null) // looked up first, so that a repeat uses up no number
        {
            return null;
        }

        return await IncidentRows.OpenAsync(session, organizationId, [episode with { EpisodeId = episodeId }], isStorm: false, cancel) is [var opened] ? opened : null;
    }

    private const string SaveSql = """
        UPDATE incident
        SET status = @Status, finding = @Finding, investigation_id = @InvestigationId, version = @Version, acknowledged_at = @AcknowledgedAt,
            acknowledged_by = @AcknowledgedBy, resolved_at = @ResolvedAt, resolved_by = @ResolvedBy, ticket_url = @TicketUrl, snoozed_by = @SnoozedBy,
            snoozed_until = CASE WHEN @isEndless THEN 'infinity' ELSE @SnoozedUntil::timestamptz END, reminders = @Reminders, title = @Title, targets = @Targets
        WHERE id = @Id
        """;

    /// <summary>Saves an incident that the session holds, as its next version.</summary>
    public static async Task<Incident> SaveAsync(PostgresSession session, Incident changed, CancellationToken cancel)
    {
        var saved = changed with { Version = changed.Version + 1 };
        await session.Connection.ExecuteAsync(session.Command(SaveSql, Values(saved), cancel));
        return saved;
    }

    private static object Values(Incident saved) => new
    {
        saved.Id, saved.Status, saved.Finding, saved.InvestigationId, saved.Version, saved.AcknowledgedAt, saved.AcknowledgedBy, saved.ResolvedAt, saved.ResolvedBy,
        saved.TicketUrl, saved.SnoozedBy, saved.Reminders, saved.Title, saved.Targets,
        isEndless = saved.SnoozedUntil == DateTime.MaxValue,
        SnoozedUntil = saved.SnoozedUntil == DateTime.MaxValue ? null : saved.SnoozedUntil,
    };

    private const string GrowSql = """
        UPDATE incident
        SET projects = @Projects, server_id = @ServerId, filter = @filter::jsonb, escalations = @escalations::jsonb, alert_id = NULL, alert_name = NULL, runbook_url = NULL
        WHERE id = @Id
        """;

    /// <summary>Saves a storm that has grown, as its next version.</summary>
    public static async Task<Incident> GrowAsync(PostgresSession session, Incident changed, IEnumerable<DimensionCondition> filter, IReadOnlyList<EscalationStep> escalations, CancellationToken cancel)
    {
        var (filterJson, escalationsJson) = (JsonSerializer.Serialize(filter, SreJson.Options), JsonSerializer.Serialize(escalations, SreJson.Options));
        await session.Connection.ExecuteAsync(session.Command(GrowSql, new { changed.Id, changed.Projects, changed.ServerId, filter = filterJson, escalations = escalationsJson }, cancel));
        return await SaveAsync(session, changed with { FilterJson = filterJson, EscalationsJson = escalationsJson, AlertId = null, AlertName = null, RunbookUrl = null }, cancel);
    }

    private const string AddEventSql = "INSERT INTO incident_event (organization_id, incident_id, at, who, what) VALUES (@OrganizationId, @Id, @at, @who, @what)";

    /// <summary>Adds to the timeline.</summary>
    public static Task AddEventAsync(PostgresSession session, Incident incident, DateTimeOffset at, string who, string what, CancellationToken cancel) =>
        session.Connection.ExecuteAsync(session.Command(AddEventSql, new { incident.OrganizationId, incident.Id, at = at.UtcDateTime, who, what }, cancel));

    private const string HasEventSql = "SELECT EXISTS (SELECT FROM incident_event WHERE incident_id = @Id AND what = @what AND (@at::timestamptz IS NULL OR at = @at))";

    /// <summary>Whether the timeline says so.</summary>
    /// <param name="at">Null: at any time.</param>
    public static Task<bool> HasEventAsync(PostgresSession session, Incident incident, DateTimeOffset? at, string what, CancellationToken cancel) =>
        session.Connection.ExecuteScalarAsync<bool>(session.Command(HasEventSql, new { incident.Id, what, at = at?.UtcDateTime }, cancel));

    private const string TimelineSql = "SELECT at, who, what FROM incident_event WHERE incident_id = @Id ORDER BY id";

    /// <summary>Oldest first, of an incident that the scope sees.</summary>
    public async Task<IReadOnlyList<IncidentEvent>> TimelineAsync(AccessScope scope, Incident incident, CancellationToken cancel)
    {
        await using var session = await postgres.BeginAsync(scope, cancel);
        return [.. await session.Connection.QueryAsync<IncidentEvent>(session.Command(TimelineSql, new { incident.Id }, cancel))];
    }

    private static object Visible(AccessScope scope, long id) => new { id, projects = scope.Projects.ToArray(), conditions = JsonSerializer.Serialize(scope.Conditions, SreJson.Options) };
}
