using NpgsqlTypes;

namespace SreBot.Alerts.Evaluation;

/// <summary>Writes the end of what edited, disabled and deleted rules had open: their history stays, their incidents resolve.</summary>
internal static class AlertEndings
{
    private const string EndSql = """
        WITH ended AS (
            UPDATE alert_history h
            SET alert_end_time = $3, status = 'resolved', updated_at = $3
            FROM unnest($1, $2) AS e (organization_id, id)
            LEFT JOIN alert_state s ON s.organization_id = e.organization_id AND s.episode_id = e.id
            WHERE h.organization_id = e.organization_id AND h.id = e.id AND h.alert_end_time IS NULL
            RETURNING h.organization_id, h.id, h.alert_id, coalesce(s.announced, h.announced_at IS NOT NULL) AS announced
        )
        INSERT INTO outbox (organization_id, subject, sequence, handler, target, payload, due)
        SELECT organization_id, 'episode:' || id, extract(epoch FROM $3)::bigint, 'incident', 'self',
            jsonb_build_object('change', 'resolved', 'alertId', alert_id, 'episodeId', id, 'at', $3), $3
        FROM ended
        WHERE announced
        ON CONFLICT (organization_id, subject, sequence, handler, target) DO NOTHING
        """;

    private const string ForgetSql = """
        DELETE FROM alert_state s
        USING unnest($1, $2, $3) AS e (organization_id, alert_id, group_key)
        WHERE s.organization_id = e.organization_id AND s.alert_id = e.alert_id AND s.group_key = e.group_key
        """;

    /// <summary>Before the states of the tick, some of which may begin anew.</summary>
    public static void End(AlertBatch batch, IReadOnlyList<AlertEnding> endings, DateTimeOffset tick)
    {
        if (endings.Count == 0)
        {
            return;
        }

        var episodes = endings.Where(ending => ending.EpisodeId is not null).ToList();
        batch.Add(EndSql, AlertBatch.Column(episodes, NpgsqlDbType.Bigint, ending => ending.OrganizationId),
            AlertBatch.Column(episodes, NpgsqlDbType.Uuid, ending => ending.EpisodeId!.Value), AlertBatch.One(tick));
        batch.Add(ForgetSql, AlertBatch.Column(endings, NpgsqlDbType.Bigint, ending => ending.OrganizationId),
            AlertBatch.Column(endings, NpgsqlDbType.Uuid, ending => ending.AlertId), AlertBatch.Column(endings, NpgsqlDbType.Text, ending => ending.GroupKey));
    }

    private const string ExplainSql = """
        INSERT INTO alert_transition (organization_id, alert_id, group_key, tick, from_phase, to_phase, verdict, value, request_count, threshold, time_window, rule_version, notified)
        SELECT e.organization_id, e.alert_id, e.group_key, $7, e.phase, 'resolved', e.why, NULL, 0, a.threshold, a.time_window, e.rule_version, e.phase IN ('triggered', 'cooldown')
        FROM unnest($1, $2, $3, $4, $5, $6) AS e (organization_id, alert_id, group_key, phase, why, rule_version)
        JOIN alert a ON a.organization_id = e.organization_id AND a.id = e.alert_id
        WHERE e.phase <> 'resolved'
        ON CONFLICT (organization_id, alert_id, group_key, tick) DO NOTHING
        """;

    /// <summary>After the transitions of the tick: where the new condition moves in the same tick, that is what is told.</summary>
    public static void Explain(AlertBatch batch, IReadOnlyList<AlertEnding> endings, DateTimeOffset tick)
    {
        if (endings.Count > 0)
        {
            batch.Add(ExplainSql, AlertBatch.Column(endings, NpgsqlDbType.Bigint, ending => ending.OrganizationId),
                AlertBatch.Column(endings, NpgsqlDbType.Uuid, ending => ending.AlertId), AlertBatch.Column(endings, NpgsqlDbType.Text, ending => ending.GroupKey),
                AlertBatch.Column(endings, NpgsqlDbType.Text, ending => ending.Phase), AlertBatch.Column(endings, NpgsqlDbType.Text, ending => ending.Why),
                AlertBatch.Column(endings, NpgsqlDbType.Integer, ending => ending.RuleVersion), AlertBatch.One(tick));
        }
    }
}
