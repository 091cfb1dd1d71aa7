using SreBot.Alerts.Backtests;

namespace SreBot.Tests.Alerts.Backtests;

public sealed class ThresholdSweepTests
{
    [Fact]
    public void The_fewest_false_episodes_that_still_catch_most_come_first_from_the_middle_of_equals()
    {
        ThresholdTrial[] trials = [new(90, 0, 0, 0), new(80, 1, 0, 1), new(70, 2, 1, 3), new(60, 2, 1, 3), new(50, 2, 1, 3), new(40, 2, 4, 6)];

        var suggestions = ThresholdSweep.ByIncidents(trials, 2);

        Assert.Equal([60, 80, 50], suggestions.Select(one => one.Threshold));
    }

    [Fact]
    public void What_catches_no_incident_is_not_suggested() => Assert.Empty(ThresholdSweep.ByIncidents([new(90, 0, 0, 0), new(10, 0, 7, 7)], 3));

    [Fact]
    public void Quiet_is_the_nearest_to_the_usual_that_fires_so_seldom()
    {
        ThresholdTrial[] trials = [new(90, 0, 0, 0), new(80, 0, 0, 0), new(70, 0, 2, 2), new(60, 0, 9, 9), new(50, 0, 20, 20)];

        var suggestions = ThresholdSweep.ByQuiet(trials, TimeSpan.FromDays(14));

        Assert.Equal([70, 80, 60], suggestions.Select(one => one.Threshold)); // at most 2, none, at most 14
    }

    [Theory]
    [InlineData(1234.5, 1230)]
    [InlineData(0.0012345, 0.00123)]
    [InlineData(99.96, 100)]
    [InlineData(-45.67, -45.7)]
    [InlineData(0, 0)]
    public void Thresholds_have_three_figures(double value, double expected) => Assert.Equal(expected, ThresholdCandidates.Round(value), 12);
}
