using System.Text.Json;
using Dapper;
using SreBot.Alerts.Rules;
using SreBot.Alerts.States;
using SreBot.Model;
using SreBot.Postgres;
using SreBot.Telemetry;

namespace SreBot.Alerts.Evaluation;

/// <summary>Commits a tick: states, episodes, transitions, outbox rows and the shard's place in time, all or nothing.</summary>
internal sealed class AlertTickStore(PostgresDatabase postgres)
{
    /// <param name="worst">The worst request of episodes that begin; may lack some.</param>
    public async Task<AlertCommit> CommitAsync(AlertLease held, DateTimeOffset tick, TimeSpan lease, IReadOnlyList<AlertChange> changes,
        IReadOnlyDictionary<(Guid AlertId, string GroupKey), WorstRequest> worst, CancellationToken cancel)
    {
        await using var session = await postgres.BeginEvaluatorAsync(cancel);
        if (!await AlertShardStore.PassAsync(session, held, tick, lease, cancel))
        {
            return AlertCommit.LeaseLost;
        }

        if (changes.Count > 0)
        {
            if (!await AreFreshAsync(session, changes, cancel))
            {
                return AlertCommit.RulesChanged;
            }

            await WriteAsync(session, StateSql, changes.Select(change => StateRow(change, tick)), cancel);
            await WriteAsync(session, OpenSql, changes.Where(change => change.Opens).Select(change => EpisodeRow(change, worst, tick)), cancel);
            await WriteAsync(session, ContinueSql, changes.Where(change => change.EpisodeId is not null && !change.Opens).Select(change => ProgressRow(change, tick)), cancel);
            await WriteAsync(session, TransitionSql, changes.Where(change => change.Transition is not null).Select(change => TransitionRow(change, tick)), cancel);
            foreach (var change in changes.Where(change => change.Notice != AlertNotice.None))
            {
                await AlertNotices.AddAsync(session, change, tick, cancel);
            }
        }

        await session.CommitAsync(cancel);
        return AlertCommit.Done;
    }

    private const string FreshSql = """
        SELECT count(*)
        FROM (
            SELECT
            FROM alert a
            JOIN unnest(@ids, @versions) AS read (id, version) ON read.id = a.id AND read.version = a.version
            WHERE a.enabled AND NOT a.soft_delete
            FOR SHARE OF a
        ) AS fresh
        """;

    /// <summary>False when a rule was edited after it was read; the rules stay as they are until the commit.</summary>
    private static async Task<bool> AreFreshAsync(PostgresSession session, IReadOnlyList<AlertChange> changes, CancellationToken cancel)
    {
        var rules = changes.Select(change => change.Rule).DistinctBy(rule => rule.Id).ToList();
        var parameters = new { ids = rules.Select(rule => rule.Id).ToArray(), versions = rules.Select(rule => rule.Version).ToArray() };
        return await session.Connection.ExecuteScalarAsync<long>(session.Command(FreshSql, parameters, cancel)) == rules.Count;
    }

    private static async Task WriteAsync(PostgresSession session, string sql, IEnumerable<object> rows, CancellationToken cancel)
    {
        var list = rows.ToList();
        if (list.Count > 0)
        {
            await session.Connection.ExecuteAsync(session.Command(sql, new { rows = JsonSerializer.Serialize(list, SreJson.Options) }, cancel));
        }
    }

    private const string StateSql = """
        INSERT INTO alert_state (organization_id, alert_id, group_key, phase, since, held, value, episode_id, episode_since, announced, tick, rule_version,
            notified_at, held_since, missing_ticks, condition_version)
        SELECT organization_id, alert_id, group_key, phase, since, held, value, episode_id, episode_since, announced, tick, rule_version,
            notified_at, held_since, missing_ticks, condition_version
        FROM jsonb_to_recordset(@rows::jsonb) AS r (organization_id bigint, alert_id uuid, group_key text, phase text, since timestamptz, held boolean,
            value double precision, episode_id uuid, episode_since timestamptz, announced boolean, tick timestamptz, rule_version int,
            notified_at timestamptz, held_since timestamptz, missing_ticks int, condition_version int)
        ON CONFLICT (organization_id, alert_id, group_key) DO UPDATE
        SET phase = excluded.phase, since = excluded.since, held = excluded.held, value = excluded.value, episode_id = excluded.episode_id,
            episode_since = excluded.episode_since, announced = excluded.announced, tick = excluded.tick, rule_version = excluded.rule_version,
            notified_at = excluded.notified_at, held_since = excluded.held_since, missing_ticks = excluded.missing_ticks, condition_version = excluded.condition_version
        """;

    private static object StateRow(AlertChange change, DateTimeOffset tick) => new
    {
        organization_id = change.Rule.OrganizationId,
        alert_id = change.Rule.Id,
        group_key = change.GroupKey,
        phase = AlertNames.Of(change.After.Phase),
        since = change.After.Since,
        held = change.After.IsHeld,
        value = change.After.Value,
        episode_id = change.After.EpisodeSince is null ? null : change.EpisodeId,
        episode_since = change.After.EpisodeSince,
        announced = change.After.IsAnnounced,
        tick,
        rule_version = change.Rule.Version,
        notified_at = change.After.NotifiedAt,
        held_since = change.After.HeldSince,
        missing_ticks = change.After.MissingTicks,
        condition_version = change.Rule.ConditionVersion,
    };

    private const string OpenSql = """
        INSERT INTO alert_history (organization_id, id, alert_id, group_key, alert_start_time, triggered_at, alert_metric, alert_name, triggered_value, worst_value,
            request_id, server_id, status, created_at, updated_at, announced_at, rule_version)
        SELECT organization_id, id, alert_id, group_key, alert_start_time, triggered_at, alert_metric, alert_name, triggered_value, worst_value,
            request_id, server_id, 'triggered', triggered_at, triggered_at, announced_at, rule_version
        FROM jsonb_to_recordset(@rows::jsonb) AS r (organization_id bigint, id uuid, alert_id uuid, group_key text, alert_start_time timestamptz, triggered_at timestamptz,
            alert_metric text, alert_name text, triggered_value text, worst_value double precision, request_id text, server_id text,
            announced_at timestamptz, rule_version int)
        ON CONFLICT DO NOTHING
        """;

    private static object EpisodeRow(AlertChange change, IReadOnlyDictionary<(Guid, string), WorstRequest> worst, DateTimeOffset tick)
    {
        var request = worst.GetValueOrDefault((change.Rule.Id, change.GroupKey));
        var firstBreach = change.Before.Phase == AlertPhase.Pending ? change.Before.Since : tick;
        return new
        {
            organization_id = change.Rule.OrganizationId,
            id = change.EpisodeId,
            alert_id = change.Rule.Id,
            group_key = change.GroupKey,
            alert_start_time = firstBreach - change.Rule.Window,
            triggered_at = tick,
            alert_metric = $"{change.Rule.Metric} {change.Rule.Aggregate}",
            alert_name = change.Rule.Name,
            triggered_value = MetricValue.Text(change.After.Value, AlertText.Unit(change.Rule)),
            worst_value = change.After.Value,
            request_id = request?.RequestId,
            server_id = request?.ServerId,
            announced_at = change.Notice == AlertNotice.Opened ? tick : (DateTimeOffset?)null,
            rule_version = change.Rule.Version,
        };
    }

    private const string ContinueSql = """
        UPDATE alert_history h
        SET announced_at = coalesce(h.announced_at, r.announced_at),
            worst_value = CASE
                WHEN r.value IS NULL THEN h.worst_value
                WHEN h.worst_value IS NULL THEN r.value
                WHEN r.is_below THEN least(h.worst_value, r.value)
                ELSE greatest(h.worst_value, r.value)
            END,
            alert_end_time = r.ended_at, status = CASE WHEN r.ended_at IS NULL THEN 'triggered' ELSE 'resolved' END, updated_at = r.tick
        FROM jsonb_to_recordset(@rows::jsonb) AS r (organization_id bigint, id uuid, value double precision, is_below boolean, ended_at timestamptz, tick timestamptz,
            announced_at timestamptz)
        WHERE h.organization_id = r.organization_id AND h.id = r.id
        """;

    private static object ProgressRow(AlertChange change, DateTimeOffset tick) => new
    {
        organization_id = change.Rule.OrganizationId,
        id = change.EpisodeId,
        value = change.Verdict == Verdict.Breach ? change.After.Value : null,
        is_below = change.Rule.Comparator.IsBelow(),
        ended_at = change.Closes ? tick : (DateTimeOffset?)null,
        tick,
        announced_at = change.Notice == AlertNotice.Opened ? tick : (DateTimeOffset?)null,
    };

    private const string TransitionSql = """
        INSERT INTO alert_transition (organization_id, alert_id, group_key, tick, from_phase, to_phase, verdict, value, request_count, threshold, time_window, rule_version, notified)
        SELECT organization_id, alert_id, group_key, tick, from_phase, to_phase, verdict, value, request_count, threshold, time_window, rule_version, notified
        FROM jsonb_to_recordset(@rows::jsonb) AS r (organization_id bigint, alert_id uuid, group_key text, tick timestamptz, from_phase text, to_phase text, verdict text,
            value double precision, request_count bigint, threshold double precision, time_window bigint, rule_version int, notified boolean)
        ON CONFLICT (organization_id, alert_id, group_key, tick) DO NOTHING
        """;

    private static object TransitionRow(AlertChange change, DateTimeOffset tick) => new
    {
        organization_id = change.Rule.OrganizationId,
        alert_id = change.Rule.Id,
        group_key = change.GroupKey,
        tick,
        from_phase = AlertNames.Of(change.Transition!.From),
        to_phase = AlertNames.Of(change.Transition.To),
        verdict = AlertNames.Of(change.Verdict),
        value = change.After.Value,
        request_count = change.Count,
        threshold = change.Rule.Threshold,
        time_window = (long)change.Rule.Window.TotalMilliseconds,
        rule_version = change.Rule.Version,
        notified = change.Notice != AlertNotice.None,
    };
}
