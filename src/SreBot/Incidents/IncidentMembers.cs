using Dapper;
using SreBot.Model;
using SreBot.Postgres;

namespace SreBot.Incidents;

/// <summary>The rows of <c>incident_member</c>, in the caller's transaction.</summary>
internal static class IncidentMembers
{
    private const string OfSql = $"SELECT {IncidentMember.Columns} FROM incident_member WHERE incident_id = @incidentId ORDER BY title, episode_id";

    public static async Task<IReadOnlyList<IncidentMember>> OfAsync(PostgresSession session, long incidentId, CancellationToken cancel) =>
        [.. await session.Connection.QueryAsync<IncidentMember>(session.Command(OfSql, new { incidentId }, cancel))];

    private const string AddSql = """
        INSERT INTO incident_member (organization_id, episode_id, incident_id, alert_id, group_key, title, targets, projects, traits, escalations)
        SELECT @organizationId, r.episode_id, @incidentId, r.alert_id, r.group_key, r.title, r.targets, r.projects, r.traits, r.escalations
        FROM jsonb_to_recordset(@rows::jsonb) AS r (episode_id uuid, alert_id uuid, group_key text, title text, targets text[], projects text[], traits text[], escalations text[])
        ON CONFLICT (organization_id, episode_id) DO NOTHING
        """;

    public static Task AddAsync(PostgresSession session, long organizationId, long incidentId, IEnumerable<IncidentMember> members, CancellationToken cancel) =>
        session.Connection.ExecuteAsync(session.Command(AddSql, new { organizationId, incidentId, rows = IncidentRows.Json(members.Select(Row)) }, cancel));

    private static object Row(IncidentMember member) => new
    {
        episode_id = member.EpisodeId,
        alert_id = member.AlertId,
        group_key = member.GroupKey,
        title = member.Title,
        targets = member.Targets,
        projects = member.Projects,
        traits = member.Traits,
        escalations = member.Escalations,
    };

    private const string EndSql = """
        UPDATE incident_member
        SET ended_at = @at
        WHERE episode_id = @episodeId AND ended_at IS NULL
        """;

    private const string OpenSql = "SELECT count(*) FROM incident_member WHERE incident_id = @incidentId AND ended_at IS NULL";

    /// <summary>Marks a member as over.</summary>
    /// <returns>How many of the storm go on.</returns>
    public static async Task<int> EndAsync(PostgresSession session, long incidentId, Guid episodeId, DateTimeOffset at, CancellationToken cancel)
    {
        await session.Connection.ExecuteAsync(session.Command(EndSql, new { episodeId, at = at.UtcDateTime }, cancel));
        return await session.Connection.ExecuteScalarAsync<int>(session.Command(OpenSql, new { incidentId }, cancel));
    }

    private const string EscalateSql = """
        UPDATE incident_member
        SET targets = array_append(targets, @target)
        WHERE incident_id = @incidentId AND escalations @> ARRAY[@target] AND NOT targets @> ARRAY[@target]
        """;

    /// <summary>The target is told of the members whose rules escalate to it.</summary>
    public static Task EscalateAsync(PostgresSession session, long incidentId, string target, CancellationToken cancel) =>
        session.Connection.ExecuteAsync(session.Command(EscalateSql, new { incidentId, target }, cancel));

    private const string GrowingSql = """
        SELECT target, min(i.id) AS incidentid
        FROM incident i
        JOIN incident_member m ON m.organization_id = i.organization_id AND m.incident_id = i.id, unnest(m.targets) AS target
        WHERE i.is_storm AND i.status = 'open' AND i.opened_at >= @since
        GROUP BY i.id, target
        HAVING count(*) > @limit
        """;

    /// <summary>The open storm of each channel that has more than the limit of its members and is younger than that, the oldest where there are two.</summary>
    public static async Task<IReadOnlyDictionary<string, long>> GrowingAsync(PostgresSession session, DateTimeOffset since, CancellationToken cancel)
    {
        var rows = await session.Connection.QueryAsync<(string Target, long IncidentId)>(session.Command(GrowingSql, new { since = since.UtcDateTime, limit = StormPlan.Limit }, cancel));
        return rows.GroupBy(row => row.Target).ToDictionary(group => group.Key, group => group.Min(row => row.IncidentId));
    }
}
