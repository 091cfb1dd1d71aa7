using SreBot.Model;
using SreBot.Telemetry;

namespace SreBot.Alerts.Rules;

/// <summary>What every rule must keep, wherever it was written.</summary>
internal static class AlertLimits
{
    private static readonly string[] Severities = ["info", "warning", "critical"];

    /// <summary>The rule with names as the catalogue writes them.</summary>
    /// <exception cref="SreException">Invalid, with the one thing that is wrong.</exception>
    public static AlertRule Check(AlertRule rule)
    {
        var metric = MetricCatalogue.Find(rule.Metric);
        var aggregate = metric.Aggregate(rule.Aggregate);
        Refuse(rule.Projects.Count == 0, "A rule needs at least one project; add: in Project_1");
        Refuse(!double.IsFinite(rule.Threshold), "The threshold must be a number.");
        Refuse(rule.Comparator.IsRange() != rule.ThresholdMax is not null, "between and not_between take two numbers, the others one.");
        Refuse(rule.ThresholdMax is { } most && !(most >= rule.Threshold), "The first number of between must not be the larger one.");
        Refuse(rule.RecoveryThreshold is not null && rule.Comparator is not (AlertComparator.Greater or AlertComparator.GreaterOrEqual or AlertComparator.Less or AlertComparator.LessOrEqual),
            "A recovery threshold goes with >, >=, < and <= only.");
        Refuse(rule.RecoveryThreshold is { } recovery && (rule.Comparator.IsBelow() ? !(recovery >= rule.Threshold) : !(recovery <= rule.Threshold)),
            "The recovery threshold must lie on the clear side of the threshold.");
        Refuse(!IsWholeMinutes(rule.Window, 1, TimeSpan.FromDays(30)), "The window (over …) must be whole minutes from 1m to 30d.");
        Refuse(!IsWholeMinutes(rule.For, 0, TimeSpan.FromDays(1)), "The time in for … must be whole minutes, at most 1d.");
        Refuse(!IsWholeMinutes(rule.Cooldown, 0, TimeSpan.FromDays(1)), "The cooldown must be whole minutes, at most 1d.");
        Refuse(rule.MinRequests < 0, "min takes a number of requests, 0 or more.");
        Refuse(!Severities.Contains(rule.Severity), $"There is no severity '{rule.Severity}'; use {string.Join(", ", Severities)}.");
        Refuse(rule.Name.Length is 0 or > 200, "A name has 1 to 200 characters.");
        foreach (var dimension in rule.GroupBy.Concat(rule.Filter.Select(condition => condition.Dimension)))
        {
            MetricQueries.Column(dimension);
        }

        Refuse(rule.Filter.Any(condition => condition.Dimension == "project_id"), "Name projects with in …, not with where.");
        Refuse(rule.Filter.DistinctBy(condition => condition.Dimension).Count() < rule.Filter.Count, "Two conditions on one dimension never hold together.");
        return rule with { Metric = metric.Name, Aggregate = aggregate.Name };
    }

    private static bool IsWholeMinutes(TimeSpan time, int leastMinutes, TimeSpan most) =>
        time.Ticks % TimeSpan.TicksPerMinute == 0 && time >= TimeSpan.FromMinutes(leastMinutes) && time <= most;

    private static void Refuse(bool isWrong, string message)
    {
        if (isWrong)
        {
            throw new SreException(SreErrorKind.Invalid, message);
        }
    }
}
