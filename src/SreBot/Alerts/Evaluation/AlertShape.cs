using SreBot.Alerts.Rules;
using SreBot.Telemetry;

namespace SreBot.Alerts.Evaluation;

/// <summary>What windows of rules must share to be read by one query.</summary>
/// <param name="Table"><c>alert_minute</c>, <c>alert_minute_dim</c>, <c>alert_hour</c> or <c>request</c>.</param>
/// <param name="GroupBy">Dimensions with commas.</param>
/// <param name="FilterBy">The dimensions that conditions name, with commas.</param>
/// <param name="IsPercentile">Counters bound the value; <c>request</c> alone tells it.</param>
/// <param name="Ragged">The window, where it is longer than a day and no whole hours, so that its first minutes are told from <c>request</c>; else zero.</param>
/// <param name="IsRemembered">What each minute holds is kept in memory: a tick reads those that are new or have changed.</param>
internal sealed record AlertShape(string Table, string GroupBy, string FilterBy, bool IsPercentile, TimeSpan Ragged, bool IsRemembered)
{
    /// <summary>The minute roll-ups keep two days.</summary>
    private static readonly TimeSpan LongestByMinute = TimeSpan.FromDays(1);

    public IReadOnlyList<string> Groups => Split(GroupBy);

    public IReadOnlyList<string> Filters => Split(FilterBy);

    /// <summary>Windows past a day, which are evaluated on the hour.</summary>
    public bool IsHourly => Table == "alert_hour";

    /// <exception cref="Model.SreException">Invalid: the rule names what the catalogue does not know.</exception>
    /// <param name="mayRemember">There is memory for it.</param>
    public static AlertShape Of(AlertRule rule, TimeSpan window, bool mayRemember)
    {
        var aggregate = rule.Measure.Aggregate;
        var isPercentile = aggregate.LatencyPercent is not null;
        var table = aggregate.RollupSql is null && !isPercentile ? "request"
            : window > LongestByMinute ? "alert_hour"
            : rule.Filter.Count == 0 && rule.GroupBy.All(dimension => dimension == "project_id") ? "alert_minute" : "alert_minute_dim";
        return new AlertShape(
            table,
            string.Join(',', rule.GroupBy.Select(MetricQueries.Column)),
            string.Join(',', rule.Filter.Select(condition => MetricQueries.Column(condition.Dimension)).Order(StringComparer.Ordinal)),
            isPercentile,
            table == "alert_hour" && window.Ticks % TimeSpan.TicksPerHour != 0 ? window : TimeSpan.Zero,
            mayRemember && aggregate.Formula is not null && rule.GroupBy.Count == 0 && table.StartsWith("alert_minute", StringComparison.Ordinal) && window <= AlertMinutes.LongestWindow);
    }

    private static string[] Split(string names) => names.Length == 0 ? [] : names.Split(',');
}
