using Dapper;
using SreBot.Alerts.Rules;
using SreBot.Model;
using SreBot.Postgres;

namespace SreBot.Alerts;

/// <summary>How a rule that the scope sees stands and stood, group by group.</summary>
internal sealed class AlertHistory(PostgresDatabase postgres)
{
    private const string Columns = """
        tick, group_key AS groupkey, from_phase AS fromphase, to_phase AS tophase, verdict, value, request_count AS requestcount, threshold,
        time_window AS timewindow, rule_version AS ruleversion, notified
        """;

    private const string LastSql = $"SELECT {Columns} FROM alert_transition WHERE alert_id = @id ORDER BY tick DESC, id DESC LIMIT @count";

    /// <summary>The last state changes, newest first.</summary>
    public Task<IReadOnlyList<AlertHistoryRow>> LastAsync(AccessScope scope, AlertRule rule, int count, CancellationToken cancel) => ReadAsync<AlertHistoryRow>(scope, LastSql, new { rule.Id, count }, cancel);

    private const string WithinSql = $"SELECT {Columns} FROM alert_transition WHERE alert_id = @id AND tick >= @from AND tick <= @to ORDER BY tick DESC, id DESC LIMIT @count";

    /// <summary>Those of a stretch of time, newest first.</summary>
    public Task<IReadOnlyList<AlertHistoryRow>> WithinAsync(AccessScope scope, AlertRule rule, TimeWindow window, int count, CancellationToken cancel) =>
        ReadAsync<AlertHistoryRow>(scope, WithinSql, new { rule.Id, from = window.From.UtcDateTime, to = window.To.UtcDateTime, count }, cancel);

    private const string GroupsSql = """
        SELECT group_key AS groupkey, phase, since, value
        FROM alert_state
        WHERE alert_id = @id
        ORDER BY array_position(ARRAY['triggered', 'cooldown', 'error', 'no_data', 'pending', 'resolved'], phase), since, group_key
        LIMIT @count
        """;

    /// <summary>The gravest first.</summary>
    public Task<IReadOnlyList<AlertGroupRow>> GroupsAsync(AccessScope scope, AlertRule rule, int count, CancellationToken cancel) => ReadAsync<AlertGroupRow>(scope, GroupsSql, new { rule.Id, count }, cancel);

    private async Task<IReadOnlyList<T>> ReadAsync<T>(AccessScope scope, string sql, object parameters, CancellationToken cancel)
    {
        await using var session = await postgres.BeginAsync(scope, cancel);
        return [.. await session.Connection.QueryAsync<T>(session.Command(sql, parameters, cancel))];
    }
}
