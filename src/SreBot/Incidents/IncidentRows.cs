using System.Text.Json;
using Dapper;
using SreBot.Model;
using SreBot.Postgres;

namespace SreBot.Incidents;

/// <summary>Opens many incidents in one statement, in the caller's transaction.</summary>
internal static class IncidentRows
{
    /// <summary>Rows a statement.</summary>
    private const int Together = 1000;

    public static string Json(IEnumerable<object> rows) => JsonSerializer.Serialize(rows, SreJson.Options);

    private const string TurnSql = "SELECT pg_advisory_xact_lock(hashtextextended('incidents', @organizationId))";

    /// <summary>Until the commit nobody else opens incidents of episodes in that organization.</summary>
    public static Task TakeTurnAsync(PostgresSession session, long organizationId, CancellationToken cancel) =>
        session.Connection.ExecuteAsync(session.Command(TurnSql, new { organizationId }, cancel));

    private const string KnownSql = """
        SELECT episode_id FROM incident WHERE episode_id = ANY(@episodes)
        UNION ALL
        SELECT episode_id FROM incident_member WHERE episode_id = ANY(@episodes)
        """;

    /// <summary>Those episodes that have an incident, of their own or as members.</summary>
    public static async Task<HashSet<Guid>> KnownAsync(PostgresSession session, IEnumerable<Guid> episodes, CancellationToken cancel) =>
        [.. await session.Connection.QueryAsync<Guid>(session.Command(KnownSql, new { episodes = episodes.ToArray() }, cancel))];

    private const string OpenSql = $"""
        INSERT INTO incident (organization_id, projects, filter, alert_id, group_key, episode_id, metric, aggregate, threshold, request_id, server_id, severity, title, targets,
            started_at, opened_at, escalations, runbook_url, alert_name, is_storm)
        SELECT @organizationId, r.projects, r.filter, r.alert_id, r.group_key, r.episode_id, r.metric, r.aggregate, r.threshold, r.request_id, r.server_id, r.severity, r.title, r.targets,
            r.started_at, r.opened_at, r.escalations, r.runbook_url, r.alert_name, r.is_storm
        FROM jsonb_to_recordset(@rows::jsonb) AS r (place int, projects text[], filter jsonb, alert_id uuid, group_key text, episode_id uuid, metric text, aggregate text,
            threshold double precision, request_id text, server_id text, severity text, title text, targets text[], started_at timestamptz, opened_at timestamptz,
            escalations jsonb, runbook_url text, alert_name text, is_storm boolean)
        ORDER BY r.place
        ON CONFLICT (organization_id, episode_id) DO NOTHING
        RETURNING {Incident.Columns}
        """;

    /// <param name="isStorm">Each is a storm, and has no episode of its own.</param>
    public static async Task<IReadOnlyList<Incident>> OpenAsync(PostgresSession session, long organizationId, IEnumerable<EpisodeFacts> episodes, bool isStorm, CancellationToken cancel)
    {
        var opened = new List<Incident>();
        foreach (var part in episodes.Chunk(Together))
        {
            var rows = Json(part.Select((episode, place) => Row(episode, place, isStorm)));
            opened.AddRange(await session.Connection.QueryAsync<Incident>(session.Command(OpenSql, new { organizationId, rows }, cancel)));
        }

        return opened;
    }

    private static object Row(EpisodeFacts episode, int place, bool isStorm) => new
    {
        place,
        projects = episode.Projects,
        filter = episode.Filter,
        alert_id = episode.AlertId,
        group_key = isStorm ? null : episode.GroupKey,
        episode_id = isStorm ? null : (Guid?)episode.EpisodeId,
        metric = Known(episode.Metric),
        aggregate = Known(episode.Aggregate),
        threshold = episode.Threshold,
        request_id = episode.RequestId,
        server_id = episode.ServerId,
        severity = episode.Severity,
        title = episode.Title,
        targets = episode.Targets.Distinct(),
        started_at = episode.StartedAt,
        opened_at = episode.TriggeredAt,
        escalations = episode.Escalations,
        runbook_url = episode.RunbookUrl,
        alert_name = Known(episode.AlertName),
        is_storm = isStorm,
    };

    private static string? Known(string text) => text.Length == 0 ? null : text;

    private const string AddEventsSql = """
        INSERT INTO incident_event (organization_id, incident_id, at, who, what)
        SELECT @organizationId, r.id, @at, @who, r.what
        FROM unnest(@ids, @whats) AS r (id, what)
        """;

    /// <summary>Adds an entry to the timeline of each.</summary>
    public static Task AddEventsAsync(PostgresSession session, long organizationId, IReadOnlyList<(Incident Incident, string What)> events, DateTimeOffset at, string who, CancellationToken cancel) =>
        session.Connection.ExecuteAsync(session.Command(AddEventsSql, new
        {
            organizationId,
            at = at.UtcDateTime,
            who,
            ids = events.Select(entry => entry.Incident.Id).ToArray(),
            whats = events.Select(entry => entry.What).ToArray(),
        }, cancel));
}
