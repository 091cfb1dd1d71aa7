using Dapper;
using SreBot.Postgres;

namespace SreBot.Alerts.Evaluation;

/// <summary>Sends what was held back while catching up and has ended, once, in the tick's own transaction.</summary>
internal static class AlertDigestStore
{
    private const string TakeSql = """
        WITH told AS (
            UPDATE alert_history
            SET announced_at = @tick
            WHERE digested AND announced_at IS NULL AND alert_end_time IS NOT NULL
                AND NOT EXISTS (SELECT FROM alert_shard WHERE last_tick < @past)
            RETURNING *
        )
        SELECT h.organization_id AS organizationid, h.alert_name AS name, h.group_key AS groupkey, h.alert_metric AS metric, h.triggered_at AS "from",
            h.alert_end_time AS "to", h.worst_value AS worst, a.projects,
            ARRAY(SELECT unnest(a.targets) UNION SELECT s.target FROM subscription s WHERE s.organization_id = a.organization_id AND s.alert_id = a.id) AS targets
        FROM told h
        JOIN alert a ON a.organization_id = h.organization_id AND a.id = h.alert_id
        """;

    /// <param name="past">All shards must have come so far.</param>
    public static async Task SendAsync(PostgresSession session, DateTimeOffset tick, DateTimeOffset past, CancellationToken cancel)
    {
        var rows = await session.Connection.QueryAsync<AlertDigestRow>(session.Command(TakeSql, new { tick = tick.UtcDateTime, past = past.UtcDateTime }, cancel));
        await using var batch = new AlertBatch(session);
        AlertTickStore.Post(batch, AlertDigest.Of(rows.AsList(), tick), tick);
        await batch.ExecuteAsync(cancel);
    }
}
