using SreBot.Alerts.Rules;
using SreBot.Alerts.States;
using SreBot.Telemetry;

namespace SreBot.Tests.Alerts.Evaluation;

public sealed class BreachRangeTests
{
    [Fact]
    public void Holds_exactly_the_values_that_the_verdict_calls_a_breach()
    {
        double[] values = [-1, 0, 9.75, Math.BitDecrement(10), 10, Math.BitIncrement(10), 15, Math.BitDecrement(20), 20, Math.BitIncrement(20), 1e9];
        foreach (var comparator in Enum.GetValues<AlertComparator>())
        {
            var rule = Rule(comparator, 10, comparator.IsRange() ? 20 : null);
            foreach (var value in values)
            {
                Assert.True(BreachRange.Of(rule).Holds(value) == (AlertVerdict.OfValue(rule, value) == Verdict.Breach), $"{value} {comparator.Symbol()} 10");
            }
        }
    }

    [Fact]
    public void Decides_a_percentile_by_counters_only_where_every_value_of_its_stretch_is_judged_alike()
    {
        double[] thresholds = [0, 5, 10, 15, 500, 500.25, 999, 30000, 40000];
        foreach (var (comparator, threshold) in Enum.GetValues<AlertComparator>().SelectMany(comparator => thresholds.Select(threshold => (comparator, threshold))))
        {
            var rule = Rule(comparator, threshold, comparator.IsRange() ? threshold * 2 : null);
            var range = BreachRange.Of(rule);
            var steps = LatencyGrid.Around(range.Edges);
            for (var bucket = 0; bucket <= steps.Count; bucket++)
            {
                var (from, to) = LatencyGrid.Stretch(steps, bucket);
                double[] inside = [.. range.Edges.SelectMany(edge => new[] { Math.BitDecrement(edge), edge }).Append(bucket == 0 ? -1e6 : from).Append(Math.BitDecrement(double.IsInfinity(to) ? 1e9 : to))];
                var judged = inside.Where(value => value >= from && value < to).Select(value => AlertVerdict.OfValue(rule, value) == Verdict.Breach).Distinct().ToList();

                Assert.Equal(judged is [var one] ? one : null, range.HoldsWithin(from, to));
            }
        }
    }

    [Theory]
    [InlineData(">=", 500, new[] { 500 })]
    [InlineData("<", 500, new[] { 500 })]
    [InlineData(">", 500, new[] { 500, 1000 })]
    [InlineData(">=", 600, new[] { 500, 1000 })]
    [InlineData(">", 40000, new[] { 30000 })]
    public void Asks_for_the_steps_beside_the_threshold_alone(string comparator, double threshold, int[] steps) =>
        Assert.Equal(steps, LatencyGrid.Around(BreachRange.Of(Rule(AlertComparators.Find(comparator)!.Value, threshold, null)).Edges));

    private static AlertRule Rule(AlertComparator comparator, double threshold, double? most) => new()
    {
        Name = "rule",
        Projects = ["Project_1"],
        Metric = "latency",
        Aggregate = "p95",
        Comparator = comparator,
        Threshold = threshold,
        ThresholdMax = most,
    };
}
