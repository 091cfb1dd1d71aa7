using System.Globalization;
using SreBot.Model;
using SreBot.Telemetry;

namespace SreBot.Alerts.Rules;

/// <summary>The SQL that a rule stands for: from the metric catalogue, over <c>request</c>. As a statement to paste, and as a read under a scope. Runs nothing.</summary>
internal static class AlertStatement
{
    /// <summary>One plain statement with all values in it, for the window that ended with the last whole minute.</summary>
    public static string Of(AlertRule rule, string database) => Statement(rule, new Writing(
        $"{database}.request",
        $"project_id IN ({string.Join(", ", rule.Projects.Select(Literal))}){string.Concat(rule.Filter.Select(condition => $" AND {MetricQueries.Column(condition.Dimension)} = {Literal(condition.Value)}"))}",
        window => $"timestamp >= toStartOfMinute(now()) - toIntervalSecond({window.TotalSeconds}) AND timestamp < toStartOfMinute(now())"));

    /// <summary>Columns <c>value</c> in the rule's unit, <c>requests</c>, then <c>group_0</c> and on; a row a group.</summary>
    /// <param name="tick">The end of the window.</param>
    public static TelemetryQuery Read(AlertRule rule, DateTimeOffset tick)
    {
        var parameters = new Dictionary<string, object?> { ["projects"] = rule.Projects, ["tick"] = tick };
        MetricQueries.AddFilter(rule.Filter, parameters);
        foreach (var window in Windows(rule))
        {
            parameters[$"from_{window.TotalSeconds}"] = tick - window;
        }

        var sql = Statement(rule, new Writing("{database:Identifier}.request", "/*scope*/", window =>
            $"timestamp >= {{from_{window.TotalSeconds}:DateTime64(3)}} AND timestamp < {{tick:DateTime64(3)}} AND project_id IN {{projects:Array(String)}}{MetricQueries.Where(rule.Filter)}"));
        return new TelemetryQuery(sql, parameters) { Needs = [.. rule.Measure.Aggregate.Columns, .. rule.GroupBy, .. rule.Filter.Select(condition => condition.Dimension)] };
    }

    private static string Statement(AlertRule rule, Writing writing)
    {
        var windows = Windows(rule);
        if (windows.Count == 1)
            return One(rule, windows[0], writing, "") + (rule.GroupBy.Count == 0 ? "" : "\nORDER BY value DESC");

        var groups = string.Concat(rule.GroupBy.Select((_, i) => $"group_{i}, "));
        return $"""
            SELECT {groups}if(count(burn) = 2, min(burn), NULL) AS value, max(window_requests) AS requests
            FROM
            (
            {string.Join("\n    UNION ALL\n", windows.Select(window => One(rule, window, writing, "    ")))}
            )
            """ + (rule.GroupBy.Count == 0 ? "" : $"\nGROUP BY {groups[..^2]}\nORDER BY value DESC");
    }

    private static string One(AlertRule rule, TimeSpan window, Writing writing, string indent)
    {
        var (value, requests) = rule.ShortWindow is null ? ("value", "requests") : ("burn", "window_requests");
        var groups = string.Concat(rule.GroupBy.Select((dimension, i) => $"toString({MetricQueries.Column(dimension)}) AS group_{i}, "));
        var lines = new List<string>
        {
            $"SELECT {groups}{Value(rule, window)} AS {value}, count() AS {requests}",
            $"FROM {writing.Table}",
            $"WHERE {writing.Where} AND {writing.Within(window)}",
        };
        if (rule.GroupBy.Count > 0)
            lines.Add($"GROUP BY {string.Join(", ", rule.GroupBy.Select((_, i) => $"group_{i}"))}");
        return string.Join('\n', lines.Select(line => indent + line));
    }

    private static string Value(AlertRule rule, TimeSpan window)
    {
        var sql = rule.Measure.Aggregate.RequestSql.Replace("{window_seconds:Float64}", window.TotalSeconds.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal);
        return rule.Measure.Aggregate.IsBudgetBurn ? $"({sql}) / (100 - {rule.Objective?.ToString("R", CultureInfo.InvariantCulture)})" : sql;
    }

    private static IReadOnlyList<TimeSpan> Windows(AlertRule rule) => rule.ShortWindow is { } shorter ? [rule.Window, shorter] : [rule.Window];

    private static string Literal(string value) => $"'{value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "\\'", StringComparison.Ordinal)}'";

    /// <param name="Within">The bounds of a window.</param>
    private sealed record Writing(string Table, string Where, Func<TimeSpan, string> Within);
}
