using Dapper;
using SreBot.Alerts.Rules;
using SreBot.Model;
using SreBot.Postgres;
using SreBot.Telemetry;

namespace SreBot.Alerts;

/// <summary>Tells other features of episodes.</summary>
internal sealed class EpisodeLookup(PostgresDatabase postgres) : IEpisodeLookup
{
    private const string EpisodeSql = """
        SELECT id, alert_id AS alertid, alert_name AS alertname, group_key AS groupkey, alert_start_time AS starttime, triggered_at AS triggeredat, alert_end_time AS endtime,
            triggered_value AS triggeredvalue, worst_value AS worstvalue, request_id AS requestid, server_id AS serverid
        FROM alert_history
        """;

    private const string FindSql = $"{EpisodeSql} WHERE id = @episodeId";

    private const string RuleSql = $"SELECT {AlertRow.Columns} FROM alert a WHERE a.id = @AlertId";

    public async Task<EpisodeFacts?> FindAsync(long organizationId, Guid episodeId, CancellationToken cancel)
    {
        await using var session = await postgres.BeginAsync(organizationId, cancel);
        if (await session.Connection.QuerySingleOrDefaultAsync<Row>(session.Command(FindSql, new { episodeId }, cancel)) is not { } row)
        {
            return null;
        }

        var rule = (await session.Connection.QuerySingleAsync<AlertRow>(session.Command(RuleSql, new { row.AlertId }, cancel))).ToRule();
        var subscribed = await SubscribedAsync(session, [row.AlertId], cancel);
        return Facts(row, rule, subscribed[row.AlertId]);
    }

    private const string PassedSql = "SELECT coalesce(bool_and(last_tick >= @tick), false) FROM alert_shard WHERE last_tick IS NOT NULL";

    private const string AnnouncedSql = $"{EpisodeSql} WHERE announced_at = @tick AND NOT digested ORDER BY alert_id, group_key";

    private const string RulesSql = $"SELECT {AlertRow.Columns} FROM alert a WHERE a.id = ANY(@ids)";

    public async Task<IReadOnlyList<EpisodeFacts>?> AnnouncedAsync(long organizationId, DateTimeOffset tick, CancellationToken cancel)
    {
        var at = new { tick = tick.UtcDateTime };
        await using (var evaluator = await postgres.BeginEvaluatorAsync(cancel))
        {
            if (!await evaluator.Connection.QuerySingleAsync<bool>(evaluator.Command(PassedSql, at, cancel)))
            {
                return null;
            }
        }

        await using var session = await postgres.BeginAsync(organizationId, cancel);
        var rows = (await session.Connection.QueryAsync<Row>(session.Command(AnnouncedSql, at, cancel))).ToList();
        var ids = rows.Select(row => row.AlertId).Distinct().ToArray();
        var rules = (await session.Connection.QueryAsync<AlertRow>(session.Command(RulesSql, new { ids }, cancel))).ToDictionary(row => row.Id, row => row.ToRule());
        var subscribed = await SubscribedAsync(session, ids, cancel);
        return [.. rows.Select(row => Facts(row, rules[row.AlertId], subscribed[row.AlertId]))];
    }

    private const string SubscribedSql = "SELECT alert_id, target FROM subscription WHERE alert_id = ANY(@ids) ORDER BY created_at, target";

    private static async Task<ILookup<Guid, string>> SubscribedAsync(PostgresSession session, Guid[] ids, CancellationToken cancel) =>
        (await session.Connection.QueryAsync<(Guid Alert, string Target)>(session.Command(SubscribedSql, new { ids }, cancel))).ToLookup(row => row.Alert, row => row.Target);

    private static EpisodeFacts Facts(Row row, AlertRule rule, IEnumerable<string> subscribed)
    {
        var group = AlertGroup.Conditions(row.GroupKey);
        var project = group.FirstOrDefault(condition => condition.Dimension == "project_id")?.Value;
        var filter = rule.Filter.Concat(group.Where(condition => condition.Dimension != "project_id")).Distinct().ToList();
        IReadOnlyList<string> projects = project is null ? rule.Projects : [project];
        var burns = rule.Measure.Aggregate.IsBudgetBurn; // an investigation reads the errors that burn the budget
        return new EpisodeFacts
        {
            EpisodeId = row.Id,
            Escalations = rule.Escalations,
            RunbookUrl = rule.RunbookUrl,
            AlertId = row.AlertId,
            AlertName = row.AlertName,
            GroupKey = row.GroupKey,
            Title = Title(row, rule, projects, filter),
            Severity = rule.Severity,
            Projects = projects,
            Filter = filter,
            Targets = [.. rule.Targets.Union(subscribed)],
            Metric = burns ? "error_rate" : rule.Metric,
            Aggregate = burns ? "ratio" : rule.Aggregate,
            Threshold = burns ? rule.Threshold * (100 - rule.Objective) : rule.Threshold,
            StartedAt = row.StartTime,
            TriggeredAt = row.TriggeredAt,
            EndedAt = row.EndTime is { } end ? new DateTimeOffset(end) : null,
            WorstValue = row.WorstValue is { } worst ? MetricValue.Text(worst, AlertText.Unit(rule)) : null,
            RequestId = row.RequestId,
            ServerId = filter.FirstOrDefault(condition => condition.Dimension == "server_id")?.Value ?? row.ServerId,
        };
    }

    /// <summary>A server is named where the rule speaks of it, and where the value is that of one request.</summary>
    private static string Title(Row row, AlertRule rule, IReadOnlyList<string> projects, List<DimensionCondition> filter)
    {
        var server = filter.FirstOrDefault(condition => condition.Dimension == "server_id")?.Value ?? (rule.Aggregate == "max" ? row.ServerId : null);
        var others = string.Concat(filter.Where(condition => condition.Dimension != "server_id").Select(condition => $", {condition.Value}"));
        var on = server is null ? "" : $" on {server}";
        var what = rule.Measure.Aggregate.IsBudgetBurn ? rule.Measure.Metric.Title : $"{rule.Measure.Metric.Title} {rule.Aggregate}";
        return $"{what} {row.TriggeredValue} {AlertText.Limit(rule)} in {string.Join(", ", projects)}{others}{on}";
    }

    private sealed record Row
    {
        public Guid Id { get; init; }
        public Guid AlertId { get; init; }
        public string AlertName { get; init; } = "";
        public string GroupKey { get; init; } = "";
        public DateTime StartTime { get; init; }
        public DateTime TriggeredAt { get; init; }
        public DateTime? EndTime { get; init; }
        public string TriggeredValue { get; init; } = "";
        public double? WorstValue { get; init; }
        public string? RequestId { get; init; }
        public string? ServerId { get; init; }
    }
}
