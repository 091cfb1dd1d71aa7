using SreBot.Telemetry;

namespace SreBot.Alerts.Rules;

/// <summary>Reads what a rule watches: metric, aggregate, comparator, threshold.</summary>
internal static class AlertCondition
{
    /// <summary>Whether a metric stands there.</summary>
    public static bool IsNext(AlertWords words, AlertDefaults defaults) => FindMetric(words.Peek, defaults) is not null;

    /// <summary>Takes <c>latency p95 >= 200 ms</c>; the aggregate is the metric's first and the comparator <c>>=</c> unless said.</summary>
    public static AlertRule Take(AlertRule rule, AlertWords words, AlertDefaults defaults)
    {
        var metric = words.TakeAs($"a metric ({Names(defaults.Metrics.Select(known => known.Name))})", word => FindMetric(word, defaults), defaults.Metrics.Select(known => known.Name));
        var aggregate = FindAggregate(metric, words.Peek);
        if (aggregate is not null)
            words.Take("an aggregate");
        var measure = new Measure(metric, aggregate ?? metric.Aggregates[0]);
        return TakeLimit(rule with { Metric = metric.Name, Aggregate = measure.Aggregate.Name, Measure = measure }, words, aggregate is null ? metric.Aggregates.Select(known => known.Name) : [], AlertComparator.GreaterOrEqual);
    }

    /// <summary>Takes <c>>= 200 ms</c>, or <c>between 5% and 10%</c>.</summary>
    /// <param name="or">What may stand there as well.</param>
    /// <param name="unsaid">The comparator of a bare number.</param>
    public static AlertRule TakeLimit(AlertRule rule, AlertWords words, IEnumerable<string> or, AlertComparator unsaid)
    {
        IReadOnlyList<string> others = [.. or];
        var what = $"{(others.Count > 0 ? $"an aggregate ({Names(others)}) or " : "")}a comparator ({Names(AlertComparators.Symbols)})";
        if (!words.IsAtEnd && AlertComparators.Find(words.All[words.Position].Text) is null && AlertNumber.Is(words.All[words.Position].Text))
            return TakeNumbers(rule with { Comparator = unsaid }, words);

        return TakeNumbers(rule with { Comparator = words.Take(what, AlertComparators.Find, [.. AlertComparators.Symbols, .. others]) }, words);
    }

    private static AlertRule TakeNumbers(AlertRule rule, AlertWords words)
    {
        var least = AlertNumber.Take(words, rule.Measure.Unit);
        if (!rule.Comparator.IsRange())
            return rule with { Threshold = least, ThresholdMax = null };

        if (!words.SkipAny("and", ","))
            words.Require("and");
        return rule with { Threshold = least, ThresholdMax = AlertNumber.Take(words, rule.Measure.Unit) };
    }

    /// <summary>Whether an edit changes what is watched, so that states of before say nothing of it.</summary>
    public static bool Differs(AlertRule before, AlertRule after) =>
        before.Metric != after.Metric || before.Aggregate != after.Aggregate || before.Comparator != after.Comparator || before.Threshold != after.Threshold || before.ThresholdMax != after.ThresholdMax
        || before.RecoveryThreshold != after.RecoveryThreshold || before.Window != after.Window || before.ShortWindow != after.ShortWindow || before.Objective != after.Objective
        || !before.Filter.ToHashSet().SetEquals(after.Filter) || !before.GroupBy.SequenceEqual(after.GroupBy) || !before.Projects.ToHashSet().SetEquals(after.Projects);

    private static Metric? FindMetric(string word, AlertDefaults defaults) => defaults.Metrics.FirstOrDefault(metric => string.Equals(metric.Name, word, StringComparison.OrdinalIgnoreCase));

    private static MetricAggregate? FindAggregate(Metric metric, string word) => metric.Aggregates.FirstOrDefault(aggregate => string.Equals(aggregate.Name, word, StringComparison.OrdinalIgnoreCase));

    private static string Names(IEnumerable<string> names) => string.Join(", ", names);
}
