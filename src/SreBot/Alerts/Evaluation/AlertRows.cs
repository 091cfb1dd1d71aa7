using NpgsqlTypes;
using SreBot.Alerts.Rules;
using SreBot.Alerts.States;
using SreBot.Telemetry;

namespace SreBot.Alerts.Evaluation;

/// <summary>Writes a tick's states, episodes and transitions.</summary>
internal static class AlertRows
{
    public static void Add(AlertBatch batch, AlertTickWrite write)
    {
        AddStates(batch, write.Changes, write.Tick);
        AddOpened(batch, [.. write.Changes.Where(change => change.Opens)], write);
        AddProgress(batch, [.. write.Changes.Where(change => change.EpisodeId is not null && !change.Opens)], write.Tick);
        AddTransitions(batch, [.. write.Changes.Where(change => change.Transition is not null)], write.Tick);
    }

    private const string StateSql = """
        INSERT INTO alert_state (organization_id, alert_id, group_key, phase, since, held, value, episode_id, episode_since, announced, rule_version,
            notified_at, held_since, missing_ticks, condition_version, tick)
        SELECT r.*, $16 FROM unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15) AS r
        ON CONFLICT (organization_id, alert_id, group_key) DO UPDATE
        SET phase = excluded.phase, since = excluded.since, held = excluded.held, value = excluded.value, episode_id = excluded.episode_id,
            episode_since = excluded.episode_since, announced = excluded.announced, tick = excluded.tick, rule_version = excluded.rule_version,
            notified_at = excluded.notified_at, held_since = excluded.held_since, missing_ticks = excluded.missing_ticks, condition_version = excluded.condition_version
        """;

    private static void AddStates(AlertBatch batch, IReadOnlyList<AlertChange> rows, DateTimeOffset tick)
    {
        if (rows.Count == 0)
        {
            return;
        }

        batch.Add(StateSql,
            Organizations(rows), Alerts(rows), Groups(rows),
            AlertBatch.Column(rows, NpgsqlDbType.Text, row => AlertNames.Of(row.After.Phase)),
            AlertBatch.Column(rows, NpgsqlDbType.TimestampTz, row => row.After.Since.UtcDateTime),
            AlertBatch.Column(rows, NpgsqlDbType.Boolean, row => row.After.IsHeld),
            AlertBatch.Column(rows, NpgsqlDbType.Double, row => row.After.Value),
            AlertBatch.Column(rows, NpgsqlDbType.Uuid, row => row.After.EpisodeSince is null ? null : row.EpisodeId),
            AlertBatch.Column(rows, NpgsqlDbType.TimestampTz, row => row.After.EpisodeSince?.UtcDateTime),
            AlertBatch.Column(rows, NpgsqlDbType.Boolean, row => row.After.IsAnnounced),
            AlertBatch.Column(rows, NpgsqlDbType.Integer, row => row.Rule.Version),
            AlertBatch.Column(rows, NpgsqlDbType.TimestampTz, row => row.After.NotifiedAt?.UtcDateTime),
            AlertBatch.Column(rows, NpgsqlDbType.TimestampTz, row => row.After.HeldSince?.UtcDateTime),
            AlertBatch.Column(rows, NpgsqlDbType.Integer, row => row.After.MissingTicks),
            AlertBatch.Column(rows, NpgsqlDbType.Integer, row => row.Rule.ConditionVersion),
            AlertBatch.One(tick));
    }

    private const string OpenSql = """
        INSERT INTO alert_history (organization_id, alert_id, group_key, id, alert_start_time, alert_metric, alert_name, triggered_value, worst_value,
            request_id, server_id, announced_at, digested, rule_version, triggered_at, status, created_at, updated_at)
        SELECT r.*, $15, 'triggered', $15, $15 FROM unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14) AS r
        ON CONFLICT DO NOTHING
        """;

    private static void AddOpened(AlertBatch batch, IReadOnlyList<AlertChange> rows, AlertTickWrite write)
    {
        if (rows.Count == 0)
        {
            return;
        }

        batch.Add(OpenSql,
            Organizations(rows), Alerts(rows), Groups(rows),
            AlertBatch.Column(rows, NpgsqlDbType.Uuid, row => row.EpisodeId!.Value),
            AlertBatch.Column(rows, NpgsqlDbType.TimestampTz, row => (FirstBreach(row, write.Tick) - row.Rule.Window).UtcDateTime),
            AlertBatch.Column(rows, NpgsqlDbType.Text, row => $"{row.Rule.Metric} {row.Rule.Aggregate}"),
            AlertBatch.Column(rows, NpgsqlDbType.Text, row => row.Rule.Name),
            AlertBatch.Column(rows, NpgsqlDbType.Text, row => Text(row)),
            AlertBatch.Column(rows, NpgsqlDbType.Double, row => row.Worst ?? row.After.Value),
            AlertBatch.Column(rows, NpgsqlDbType.Text, row => write.Worst.GetValueOrDefault((row.Rule.Id, row.GroupKey))?.RequestId),
            AlertBatch.Column(rows, NpgsqlDbType.Text, row => write.Worst.GetValueOrDefault((row.Rule.Id, row.GroupKey))?.ServerId),
            AnnouncedAt(rows, write.Tick),
            AlertBatch.Column(rows, NpgsqlDbType.Boolean, row => row.IsHeldBack),
            AlertBatch.Column(rows, NpgsqlDbType.Integer, row => row.Rule.Version),
            AlertBatch.One(write.Tick));
    }

    private static DateTimeOffset FirstBreach(AlertChange change, DateTimeOffset tick) => change.Before.Phase == AlertPhase.Pending ? change.Before.Since : tick;

    /// <summary>A rule without a measure never gave a value; its error policy made it a breach.</summary>
    private static string Text(AlertChange change) => change.After.Value is null ? MetricValue.Text(null, "") : MetricValue.Text(change.After.Value, AlertText.Unit(change.Rule));

    private const string ProgressSql = """
        UPDATE alert_history h
        SET announced_at = coalesce(h.announced_at, r.announced_at), digested = r.digested, worst_value = r.worst, alert_end_time = r.ended_at,
            status = CASE WHEN r.ended_at IS NULL THEN 'triggered' ELSE 'resolved' END, updated_at = $7
        FROM unnest($1, $2, $3, $4, $5, $6) AS r (organization_id, id, announced_at, digested, worst, ended_at)
        WHERE h.organization_id = r.organization_id AND h.id = r.id
        """;

    private static void AddProgress(AlertBatch batch, IReadOnlyList<AlertChange> rows, DateTimeOffset tick)
    {
        if (rows.Count > 0)
        {
            batch.Add(ProgressSql,
                Organizations(rows),
                AlertBatch.Column(rows, NpgsqlDbType.Uuid, row => row.EpisodeId!.Value),
                AnnouncedAt(rows, tick),
                AlertBatch.Column(rows, NpgsqlDbType.Boolean, row => row.IsHeldBack),
                AlertBatch.Column(rows, NpgsqlDbType.Double, row => row.Worst),
                AlertBatch.Column(rows, NpgsqlDbType.TimestampTz, row => row.Closes ? tick.UtcDateTime : (DateTime?)null),
                AlertBatch.One(tick));
        }
    }

    private const string TransitionSql = """
        INSERT INTO alert_transition (organization_id, alert_id, group_key, from_phase, to_phase, verdict, value, request_count, threshold, time_window, rule_version, notified, tick)
        SELECT r.*, $13 FROM unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) AS r
        ON CONFLICT (organization_id, alert_id, group_key, tick) DO NOTHING
        """;

    private static void AddTransitions(AlertBatch batch, IReadOnlyList<AlertChange> rows, DateTimeOffset tick)
    {
        if (rows.Count == 0)
        {
            return;
        }

        batch.Add(TransitionSql,
            Organizations(rows), Alerts(rows), Groups(rows),
            AlertBatch.Column(rows, NpgsqlDbType.Text, row => AlertNames.Of(row.Transition!.From)),
            AlertBatch.Column(rows, NpgsqlDbType.Text, row => AlertNames.Of(row.Transition!.To)),
            AlertBatch.Column(rows, NpgsqlDbType.Text, row => AlertNames.Of(row.Verdict)),
            AlertBatch.Column(rows, NpgsqlDbType.Double, row => row.After.Value),
            AlertBatch.Column(rows, NpgsqlDbType.Bigint, row => row.Count),
            AlertBatch.Column(rows, NpgsqlDbType.Double, row => row.Rule.Threshold),
            AlertBatch.Column(rows, NpgsqlDbType.Bigint, row => (long)row.Rule.Window.TotalMilliseconds),
            AlertBatch.Column(rows, NpgsqlDbType.Integer, row => row.Rule.Version),
            AlertBatch.Column(rows, NpgsqlDbType.Boolean, row => row.Notice != AlertNotice.None),
            AlertBatch.One(tick));
    }

    private static Npgsql.NpgsqlParameter Organizations(IReadOnlyList<AlertChange> rows) => AlertBatch.Column(rows, NpgsqlDbType.Bigint, row => row.Rule.OrganizationId);

    private static Npgsql.NpgsqlParameter Alerts(IReadOnlyList<AlertChange> rows) => AlertBatch.Column(rows, NpgsqlDbType.Uuid, row => row.Rule.Id);

    private static Npgsql.NpgsqlParameter Groups(IReadOnlyList<AlertChange> rows) => AlertBatch.Column(rows, NpgsqlDbType.Text, row => row.GroupKey);

    private static Npgsql.NpgsqlParameter AnnouncedAt(IReadOnlyList<AlertChange> rows, DateTimeOffset tick) =>
        AlertBatch.Column(rows, NpgsqlDbType.TimestampTz, row => row.Notice == AlertNotice.Opened ? tick.UtcDateTime : (DateTime?)null);
}
