using SreBot.Alerts.Backtests;
using SreBot.Alerts.Rules;
using SreBot.Alerts.States;

namespace SreBot.Tests.Alerts.Backtests;

public sealed class PercentileMarksTests
{
    [Theory]
    [InlineData(50)]
    [InlineData(90)]
    [InlineData(95)]
    [InlineData(99)]
    public void Counting_gives_the_verdict_of_the_percentile_itself(int percent)
    {
        var random = new Random(percent);
        for (var round = 0; round < 2000; round++)
        {
            var values = Enumerable.Range(0, random.Next(1, 60)).Select(_ => (double)random.Next(0, 12)).Order().ToList();
            var comparator = Enum.GetValues<AlertComparator>()[random.Next(8)];
            var threshold = random.Next(0, 12);
            var rule = new AlertRule
            {
                Name = "p", Projects = ["Project_1"], Metric = "latency", Aggregate = $"p{percent}", Comparator = comparator, Threshold = threshold, ThresholdMax = comparator.IsRange() ? threshold + random.Next(0, 4) : null,
                RecoveryThreshold = random.Next(2) == 0 ? null : comparator.IsBelow() ? threshold + random.Next(0, 3) : threshold - random.Next(0, 3),
            };
            var marks = PercentileMarks.Of(rule)!;
            var rank = (int)Math.Ceiling(values.Count * percent / 100.0); // nearest rank, from 1 on

            var holds = marks.Marks.Count(mark => values.Count(value => mark.IsStrict ? value > mark.Value : value >= mark.Value) > values.Count - rank);

            Assert.Equal(AlertVerdict.OfValue(rule, values[rank - 1]), AlertVerdict.OfValue(rule, marks.Stand(holds)));
        }
    }

    [Fact]
    public void Only_percentiles_are_counted() =>
        Assert.Null(PercentileMarks.Of(new AlertRule { Name = "m", Projects = ["Project_1"], Metric = "latency", Aggregate = "max", Comparator = AlertComparator.Greater, Threshold = 1 }));
}
