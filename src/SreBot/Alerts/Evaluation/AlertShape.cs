using SreBot.Alerts.Rules;
using SreBot.Telemetry;

namespace SreBot.Alerts.Evaluation;

/// <summary>What rules must share to be read by one query.</summary>
/// <param name="Table"><c>alert_minute</c>, <c>alert_minute_dim</c> or <c>request</c>.</param>
/// <param name="GroupBy">Dimensions with commas.</param>
/// <param name="FilterBy">The dimensions that conditions name, with commas.</param>
/// <param name="Window">Zero where the windows may differ: the aggregate does not divide by time.</param>
internal sealed record AlertShape(string Table, string Metric, string Aggregate, string GroupBy, string FilterBy, TimeSpan Window)
{
    /// <summary>The minute roll-ups keep two days.</summary>
    private static readonly TimeSpan LongestRolledUp = TimeSpan.FromDays(1);

    /// <exception cref="Model.SreException">Invalid: the rule names what the catalogue does not know.</exception>
    public static AlertShape Of(AlertRule rule)
    {
        var aggregate = MetricCatalogue.Find(rule.Metric).Aggregate(rule.Aggregate);
        var isRolledUp = aggregate.RollupSql is not null && rule.Window <= LongestRolledUp;
        var isPlain = rule.Filter.Count == 0 && rule.GroupBy.All(dimension => dimension == "project_id");
        return new AlertShape(
            isRolledUp ? isPlain ? "alert_minute" : "alert_minute_dim" : "request",
            rule.Metric,
            aggregate.Name,
            string.Join(',', rule.GroupBy.Select(MetricQueries.Column)),
            string.Join(',', rule.Filter.Select(condition => MetricQueries.Column(condition.Dimension)).Order(StringComparer.Ordinal)),
            aggregate.RequestSql.Contains("window_seconds", StringComparison.Ordinal) ? rule.Window : TimeSpan.Zero);
    }
}
