using SreBot.Alerts.Rules;
using SreBot.Model;
using SreBot.Telemetry;

namespace SreBot.Alerts.Evaluation;

/// <summary>Builds the one read that tells the values of all rules of a shape: the rules travel as arrays and are joined with the telemetry. Runs nothing.</summary>
internal static class AlertAggregate
{
    /// <summary>More groups than these make a rule's tick an error.</summary>
    public const int MostGroups = 1000;

    /// <summary>Columns <c>rule_number</c> (the index in <paramref name="rules"/>), <c>value</c>, <c>requests</c>, then <c>group_0</c> and on.</summary>
    public static TelemetryQuery Values(AlertShape shape, IReadOnlyList<AlertRule> rules, DateTimeOffset tick)
    {
        var aggregate = MetricCatalogue.Find(shape.Metric).Aggregate(shape.Aggregate);
        var (value, count) = shape.Table == "request" ? (aggregate.RequestSql, "count()") : (aggregate.RollupSql!, "sum(request_count)");
        return Build(shape.Table, shape, rules, tick, $"{value} AS value, toUInt64({count}) AS requests");
    }

    /// <summary>Columns <c>rule_number</c>, <c>worst_request</c>, <c>worst_server</c>, then <c>group_0</c> and on: the worst request of each window, the newest of equals.</summary>
    /// <param name="shape">Its metric has a <see cref="Metric.RowSql"/>.</param>
    public static TelemetryQuery Worst(AlertShape shape, IReadOnlyList<AlertRule> rules, DateTimeOffset tick)
    {
        var row = MetricCatalogue.Find(shape.Metric).RowSql!;
        var sign = rules[0].Comparator.IsBelow() ? "-" : "";
        var worst = $"argMax((request_id, toString(server_id)), ({sign}({row}), timestamp))"; // one aggregate, so that both are of the same request
        return Build("request", shape, rules, tick, $"tupleElement({worst}, 1) AS worst_request, tupleElement({worst}, 2) AS worst_server");
    }

    private static TelemetryQuery Build(string table, AlertShape shape, IReadOnlyList<AlertRule> rules, DateTimeOffset tick, string columns)
    {
        var time = table == "request" ? "timestamp" : "minute";
        var groups = Split(shape.GroupBy);
        var filters = Split(shape.FilterBy);
        var pairs = rules.SelectMany((rule, number) => rule.Projects.Select(project => (rule, number, project))).ToList();
        var parameters = new Dictionary<string, object?>
        {
            ["numbers"] = pairs.Select(pair => pair.number).ToList(),
            ["projects"] = pairs.Select(pair => pair.project).ToList(),
            ["windows"] = pairs.Select(pair => (long)pair.rule.Window.TotalSeconds).ToList(),
            ["first"] = tick - rules.Max(rule => rule.Window),
            ["tick"] = tick,
        };
        for (var i = 0; i < filters.Length; i++)
        {
            parameters[$"filter_{i}"] = pairs.Select(pair => pair.rule.Filter.First(condition => condition.Dimension == filters[i]).Value).ToList();
        }

        if (columns.Contains("{window_seconds:", StringComparison.Ordinal))
        {
            parameters["window_seconds"] = shape.Window.TotalSeconds;
        }

        return new TelemetryQuery($$"""
            SELECT rule_number{{string.Concat(groups.Select((group, i) => $", toString({group}) AS group_{i}"))}}, {{columns}}
            FROM {database:Identifier}.{{table}}
            INNER JOIN
            (
                SELECT
                    arrayJoin(arrayZip({numbers:Array(UInt32)}, {projects:Array(String)}, {windows:Array(UInt32)}{{string.Concat(filters.Select((_, i) => $", {{filter_{i}:Array(String)}}"))}})) AS rule,
                    rule.1 AS rule_number, rule.2 AS rule_project, rule.3 AS rule_window{{string.Concat(filters.Select((_, i) => $", rule.{i + 4} AS rule_filter_{i}"))}}
            ) AS rules ON project_id = rule_project{{string.Concat(filters.Select((filter, i) => $" AND {filter} = rule_filter_{i}"))}}
            WHERE /*scope*/ AND {{time}} >= {first:DateTime('UTC')} AND {{time}} < {tick:DateTime('UTC')} AND {{time}} >= {tick:DateTime('UTC')} - toIntervalSecond(rule_window)
            GROUP BY rule_number{{string.Concat(groups.Select((_, i) => $", group_{i}"))}}
            LIMIT {{MostGroups + 1}} BY rule_number
            """, parameters) { Needs = [.. MetricCatalogue.Find(shape.Metric).Aggregate(shape.Aggregate).Columns, .. groups, .. filters] };
    }

    private static string[] Split(string names) => names.Length == 0 ? [] : names.Split(',');
}
