using System.Text.Json;
using Dapper;
using SreBot.Model;
using SreBot.Postgres;

namespace SreBot.Incidents;

/// <summary>The incidents of an organization, as far as a scope sees them: all of an incident's projects, and no less than the scope's conditions.</summary>
internal sealed class IncidentStore(PostgresDatabase postgres)
{
    private const string VisibleSql = "projects <@ @projects AND filter @> @conditions::jsonb";

    private const string FindSql = $"SELECT {Incident.Columns} FROM incident WHERE id = @id AND {VisibleSql}";

    /// <summary>Null when the scope sees none with that number.</summary>
    public async Task<Incident?> FindAsync(AccessScope scope, long id, CancellationToken cancel)
    {
        await using var session = await postgres.BeginAsync(scope, cancel);
        return await session.Connection.QuerySingleOrDefaultAsync<Incident>(session.Command(FindSql, Visible(scope, id, 0), cancel));
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

    private const string RecentSql = $"SELECT {Incident.Columns} FROM incident WHERE {VisibleSql} ORDER BY id DESC LIMIT @count";

    /// <summary>Newest first.</summary>
    public async Task<IReadOnlyList<Incident>> RecentAsync(AccessScope scope, int count, CancellationToken cancel)
    {
        await using var session = await postgres.BeginAsync(scope, cancel);
        return [.. await session.Connection.QueryAsync<Incident>(session.Command(RecentSql, Visible(scope, 0, count), cancel))];
    }

    private const string ListSql = $"""
        SELECT {Incident.Columns}
        FROM incident
        WHERE {VisibleSql} AND (@status::text IS NULL OR status = @status) AND (@after::bigint IS NULL OR id < @after)
        ORDER BY id DESC
        LIMIT @count
        """;

    /// <summary>A page, newest first.</summary>
    /// <param name="status">Null: any.</param>
    /// <param name="after">The last number of the page before; null: the first page.</param>
    public async Task<IReadOnlyList<Incident>> ListAsync(AccessScope scope, string? status, long? after, int count, CancellationToken cancel)
    {
        await using var session = await postgres.BeginAsync(scope, cancel);
        var page = new { status, after, count, projects = scope.Projects.ToArray(), conditions = JsonSerializer.Serialize(scope.Conditions, SreJson.Options) };
        return [.. await session.Connection.QueryAsync<Incident>(session.Command(ListSql, page, cancel))];
    }

    private const string OfEpisodeSql = $"SELECT {Incident.Columns} FROM incident WHERE episode_id = @episodeId FOR UPDATE";

    private const string OfIdSql = $"SELECT {Incident.Columns} FROM incident WHERE id = @id FOR UPDATE";

    /// <summary>For SreBot's own work: the incident of an episode, held until the commit; null when there is none.</summary>
    public static Task<Incident?> OfEpisodeAsync(PostgresSession session, Guid episodeId, CancellationToken cancel) =>
        session.Connection.QuerySingleOrDefaultAsync<Incident>(session.Command(OfEpisodeSql, new { episodeId }, cancel));

    /// <summary>For SreBot's own work: the incident, held until the commit; null when there is none.</summary>
    public static Task<Incident?> OfIdAsync(PostgresSession session, long id, CancellationToken cancel) =>
        session.Connection.QuerySingleOrDefaultAsync<Incident>(session.Command(OfIdSql, new { id }, cancel));

    private const string OpenSql = $"""
        INSERT INTO incident (organization_id, projects, filter, alert_id, group_key, episode_id, metric, aggregate, threshold, request_id, server_id, severity, title, targets,
            started_at, opened_at)
        VALUES (@organizationId, @projects, @filter::jsonb, @alertId, @groupKey, @episodeId, @metric, @aggregate, @threshold, @requestId, @serverId, @severity, @title, @targets,
            @startedAt, @openedAt)
        ON CONFLICT (organization_id, episode_id) DO NOTHING
        RETURNING {Incident.Columns}
        """;

    /// <summary>Opens the incident of an episode; null when it is open already.</summary>
    public static async Task<Incident?> OpenAsync(PostgresSession session, long organizationId, Guid episodeId, EpisodeFacts episode, CancellationToken cancel)
    {
        if (await OfEpisodeAsync(session, episodeId, cancel) is not null) // looked up first, so that a repeat uses up no number
        {
            return null;
        }

        return await session.Connection.QuerySingleOrDefaultAsync<Incident>(session.Command(OpenSql, new
        {
            organizationId,
            projects = episode.Projects.ToArray(),
            filter = JsonSerializer.Serialize(episode.Filter, SreJson.Options),
            episode.AlertId,
            episode.GroupKey,
            episodeId,
            episode.Metric,
            episode.Aggregate,
            episode.Threshold,
            episode.RequestId,
            episode.ServerId,
            episode.Severity,
            episode.Title,
            targets = episode.Targets.ToArray(),
            startedAt = episode.StartedAt.UtcDateTime,
            openedAt = episode.TriggeredAt.UtcDateTime,
        }, cancel));
    }

    private const string SaveSql = """
        UPDATE incident
        SET status = @Status, finding = @Finding, investigation_id = @InvestigationId, version = @Version, acknowledged_at = @AcknowledgedAt,
            acknowledged_by = @AcknowledgedBy, resolved_at = @ResolvedAt, resolved_by = @ResolvedBy
        WHERE id = @Id
        """;

    /// <summary>Saves an incident that the session holds, as its next version.</summary>
    public static async Task<Incident> SaveAsync(PostgresSession session, Incident changed, CancellationToken cancel)
    {
        var saved = changed with { Version = changed.Version + 1 };
        await session.Connection.ExecuteAsync(session.Command(SaveSql, saved, cancel));
        return saved;
    }

    private const string AddEventSql = "INSERT INTO incident_event (organization_id, incident_id, at, who, what) VALUES (@OrganizationId, @Id, @at, @who, @what)";

    /// <summary>Adds to the timeline.</summary>
    public static Task AddEventAsync(PostgresSession session, Incident incident, DateTimeOffset at, string who, string what, CancellationToken cancel) =>
        session.Connection.ExecuteAsync(session.Command(AddEventSql, new { incident.OrganizationId, incident.Id, at = at.UtcDateTime, who, what }, cancel));

    private const string TimelineSql = "SELECT at, who, what FROM incident_event WHERE incident_id = @Id ORDER BY id";

    /// <summary>Oldest first, of an incident that the scope sees.</summary>
    public async Task<IReadOnlyList<IncidentEvent>> TimelineAsync(AccessScope scope, Incident incident, CancellationToken cancel)
    {
        await using var session = await postgres.BeginAsync(scope, cancel);
        return [.. await session.Connection.QueryAsync<IncidentEvent>(session.Command(TimelineSql, new { incident.Id }, cancel))];
    }

    private static object Visible(AccessScope scope, long id, int count) =>
        new { id, count, projects = scope.Projects.ToArray(), conditions = JsonSerializer.Serialize(scope.Conditions, SreJson.Options) };
}
