using System.Text.RegularExpressions;
using SreBot.Alerts.Evaluation;
using SreBot.Alerts.Rules;
using SreBot.Model;
using SreBot.Telemetry;

namespace SreBot.Alerts.Backtests;

/// <summary>Builds the reads of a back-test; runs nothing. Sums are made anew for each window, never by taking away what leaves it, so that they carry no rounding
/// from one to the next.</summary>
internal static partial class BacktestQuery
{
    /// <summary>A row a group: <c>group_0</c> and on, then lists with an entry for each tick (in seconds since 1970) at which the window's content changes, in no order:
    /// <c>ticks</c>, <c>tick_values</c> and whether they are null in <c>nulls</c>, requests in <c>counts</c>, whether the newest bucket has requests in <c>news</c>,
    /// the share of requests above the first mark in <c>shares</c>. Between two entries nothing changes. Of a percentile the value is how many marks hold.</summary>
    /// <param name="plan">An additive one.</param>
    public static TelemetryQuery Series(BacktestPlan plan)
    {
        var keys = Keys(plan.Groups.Count);
        var (window, step) = (Seconds(plan.Rule.Window), Seconds(plan.Step));
        List<int> shifts = [0, .. plan.Rule.ShortWindow is { } shortWindow ? [Seconds(shortWindow)] : Array.Empty<int>(), window];
        var partition = plan.Groups.Count == 0 ? "" : $"PARTITION BY {keys.TrimEnd(' ', ',')} ";
        var columns = Columns(plan);
        return new TelemetryQuery($$"""
            SELECT {{keys}}groupArray(at) AS ticks, groupArray(ifNull(value, 0)) AS tick_values, groupArray(isNull(value)) AS nulls, groupArray(requests) AS counts,
                groupArray(is_new) AS news, groupArray(share) AS shares
            FROM
            (
                SELECT {{keys}}at, any(value) AS value, any(requests) AS requests, max(is_new) AS is_new, any(share) AS share
                FROM
                (
                    SELECT {{keys}}at, shift = 0 AS is_new, toFloat64({{Value(plan)}}) AS value, toUInt64(sum(request_count) OVER w) AS requests, {{Share(plan)}} AS share
                    FROM
                    (
                        SELECT {{keys}}toUInt32(bucket + {{step}} + shift) AS at, shift{{string.Concat(columns.Select(column => $", if(shift = 0, {column.Name}, {column.Neutral}) AS {column.Name}"))}}
                        FROM
                        (
            {{Buckets(plan, columns)}}
                        )
                        ARRAY JOIN [{{string.Join(", ", shifts)}}] AS shift
                    )
                    WINDOW w AS ({{partition}}ORDER BY at RANGE BETWEEN {{window - step}} PRECEDING AND CURRENT ROW){{Short(plan, partition, step)}}
                )
                GROUP BY {{keys}}at
            )
            {{(plan.Groups.Count == 0 ? "" : $"GROUP BY {keys.TrimEnd(' ', ',')}")}}
            LIMIT {{AlertAggregate.MostGroups + 1}}
            """, Parameters(plan)) { Needs = Needs(plan) };
    }

    /// <summary>Columns <c>group_0</c> and on, <c>tick</c> (seconds since 1970), <c>value</c>, <c>requests</c>: the catalogue's own SQL over those ticks' windows.</summary>
    public static TelemetryQuery At(BacktestPlan plan, IReadOnlyList<DateTimeOffset> ticks)
    {
        var keys = Keys(plan.Groups.Count);
        var parameters = Parameters(plan);
        parameters["ticks"] = ticks.Select(tick => tick.ToUnixTimeSeconds()).ToList();
        parameters["first"] = ticks.Min() - plan.Rule.Window;
        parameters["to"] = ticks.Max();
        return new TelemetryQuery($$"""
            SELECT {{Named(plan.Groups)}}tick, toFloat64({{plan.Aggregate.RequestSql}}) AS value, count() AS requests
            FROM {database:Identifier}.request
            INNER JOIN
            (
                SELECT arrayJoin({ticks:Array(UInt32)}) AS tick, toUInt32(tick - arrayJoin(range(60, {{Seconds(plan.Rule.Window) + 60}}, 60))) AS tick_minute
            ) AS wanted ON toUInt32(toStartOfMinute(timestamp)) = tick_minute
            WHERE /*scope*/ AND timestamp >= {first:DateTime64(3)} AND timestamp < {to:DateTime64(3)}{{MetricQueries.Where(plan.Rule.Filter)}}
            GROUP BY {{keys}}tick
            """, parameters) { Needs = Needs(plan) };
    }

    /// <summary>One column, <c>minute</c> (seconds since 1970): the minutes in which any request came.</summary>
    public static TelemetryQuery Arrivals(TimeWindow window) => new("""
        SELECT DISTINCT toUInt32(toStartOfMinute(timestamp)) AS minute
        FROM {database:Identifier}.request
        WHERE /*scope*/ AND timestamp >= {from:DateTime64(3)} AND timestamp < {to:DateTime64(3)}
        """, new Dictionary<string, object?> { ["from"] = window.From, ["to"] = window.To });

    /// <summary>One row, <c>levels</c>: the values that so many of a percentile's column do not exceed.</summary>
    public static TelemetryQuery Spread(BacktestPlan plan, string column, IReadOnlyList<double> levels) => new($$"""
        SELECT quantiles({{string.Join(", ", levels)}})({{column}}) AS levels
        FROM {database:Identifier}.request
        WHERE /*scope*/ AND timestamp >= {first:DateTime64(3)} AND timestamp < {to:DateTime64(3)}{{MetricQueries.Where(plan.Rule.Filter)}}
        """, Parameters(plan)) { Needs = Needs(plan) };

    private static IReadOnlyList<BacktestColumn> Columns(BacktestPlan plan) => plan.Marks is { } marks
        ? [new BacktestColumn("request_count", "count()"), .. marks.Marks.Select((mark, i) => new BacktestColumn($"above_{i}", $"countIf({marks.Column} {mark.Symbol} {{mark_{i}:Float64}})"))]
        : BacktestColumn.Of(plan.Aggregate);

    private static string Buckets(BacktestPlan plan, IReadOnlyList<BacktestColumn> columns)
    {
        var isRaw = plan.Table == "request";
        var time = isRaw ? "timestamp" : plan.Table == "alert_hour" ? "hour" : "minute";
        var bucket = !isRaw ? time : plan.Step == TimeSpan.FromHours(1) ? "toStartOfHour(timestamp)" : "toStartOfMinute(timestamp)";
        var type = isRaw ? "DateTime64(3)" : "DateTime('UTC')";
        return $$"""
                            SELECT {{Named(plan.Groups)}}toUInt32({{bucket}}) AS bucket{{string.Concat(columns.Select(column => $", {(isRaw ? column.Sql : column.OfRollup)} AS {column.Name}"))}}
                            FROM {database:Identifier}.{{plan.Table}}
                            WHERE /*scope*/ AND {{time}} >= {first:{{type}}} AND {{time}} < {to:{{type}}}{{MetricQueries.Where(plan.Rule.Filter)}}
                            GROUP BY {{Keys(plan.Groups.Count)}}bucket
            """;
    }

    private static string Value(BacktestPlan plan)
    {
        if (plan.Marks is { } marks)
            return string.Join(" + ", marks.Marks.Select((_, i) => $"(sum(above_{i}) OVER w >= {Rank(marks)})"));

        var value = Over(plan.Aggregate.RollupSql!, "w");
        return plan.Rule.ShortWindow is null ? value : $"if(isNull({value}) OR isNull({Over(plan.Aggregate.RollupSql!, "s")}), NULL, least({value}, {Over(plan.Aggregate.RollupSql!, "s")}))";
    }

    /// <summary>So many of the window's values lie at the percentile or above.</summary>
    private static string Rank(PercentileMarks marks) => $"(sum(request_count) OVER w - toUInt64(floor({marks.Level} * (sum(request_count) OVER w))))";

    private static string Share(BacktestPlan plan) => plan.Marks is null ? "toFloat64(0)" : "ifNull(sum(above_0) OVER w / nullIf(sum(request_count) OVER w, 0), 0)";

    private static string Short(BacktestPlan plan, string partition, int step) => plan.Rule.ShortWindow is not { } window ? ""
        : $", s AS ({partition}ORDER BY at RANGE BETWEEN {Seconds(window) - step} PRECEDING AND CURRENT ROW)";

    private static string Over(string sql, string window) => Aggregated().Replace(sql, $"$0 OVER {window}");

    private static string Keys(int count) => string.Concat(Enumerable.Range(0, count).Select(i => $"group_{i}, "));

    private static string Named(IReadOnlyList<string> groups) => string.Concat(groups.Select((group, i) => $"toString({group}) AS group_{i}, "));

    private static int Seconds(TimeSpan span) => (int)span.TotalSeconds;

    private static string[] Needs(BacktestPlan plan) => [.. plan.Aggregate.Columns, .. plan.Groups, .. plan.Rule.Filter.Select(condition => condition.Dimension)];

    private static Dictionary<string, object?> Parameters(BacktestPlan plan)
    {
        var parameters = new Dictionary<string, object?> { ["first"] = plan.First, ["to"] = plan.To, ["window_seconds"] = plan.Rule.Window.TotalSeconds };
        MetricQueries.AddFilter(plan.Rule.Filter, parameters);
        for (var i = 0; i < plan.Marks?.Marks.Count; i++)
        {
            parameters[$"mark_{i}"] = plan.Marks.Marks[i].Value;
        }

        return parameters;
    }

    [GeneratedRegex(@"\b(?:sum|max|min|avg|any|count)(?:OrNull|OrDefault)?\([^()]*\)", RegexOptions.CultureInvariant)]
    private static partial Regex Aggregated();
}
