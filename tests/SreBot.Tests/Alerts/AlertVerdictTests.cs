using SreBot.Alerts.Rules;
using SreBot.Alerts.States;

namespace SreBot.Tests.Alerts;

public sealed class AlertVerdictTests
{
    [Theory]
    [InlineData(">", 20, 20.0, "Clear")]
    [InlineData(">", 20, 20.1, "Breach")]
    [InlineData(">=", 20, 20.0, "Breach")]
    [InlineData(">=", 20, 19.9, "Clear")]
    [InlineData("<", 20, 20.0, "Clear")]
    [InlineData("<", 20, 19.9, "Breach")]
    [InlineData("<=", 20, 20.0, "Breach")]
    [InlineData("==", 20, 20.0, "Breach")]
    [InlineData("==", 20, 20.1, "Clear")]
    [InlineData("!=", 20, 20.0, "Clear")]
    [InlineData("!=", 20, 20.1, "Breach")]
    [InlineData("between", 20, 20.0, "Breach")]
    [InlineData("between", 20, 30.0, "Breach")]
    [InlineData("between", 20, 30.1, "Clear")]
    [InlineData("not_between", 20, 30.0, "Clear")]
    [InlineData("not_between", 20, 19.9, "Breach")]
    [InlineData(">=", 20, double.NaN, "Error")]
    [InlineData(">=", 20, double.PositiveInfinity, "Error")]
    [InlineData(">=", double.NaN, 30.0, "Error")]
    public void Compares_the_value_with_the_threshold(string comparator, double threshold, double value, string expected)
    {
        var verdict = AlertVerdict.Of(Rule(comparator, threshold), value, count: 1);

        Assert.Equal(expected, verdict.ToString());
    }

    [Theory]
    [InlineData(">=", 15, 20.0, "Breach")]
    [InlineData(">=", 15, 17.0, "Between")]
    [InlineData(">=", 15, 15.0, "Between")]
    [InlineData(">=", 15, 14.9, "Clear")]
    [InlineData("<=", 25, 20.0, "Breach")]
    [InlineData("<=", 25, 25.0, "Between")]
    [InlineData("<=", 25, 25.1, "Clear")]
    public void Is_clear_only_past_the_recovery_threshold(string comparator, double recovery, double value, string expected)
    {
        var verdict = AlertVerdict.Of(Rule(comparator, 20) with { RecoveryThreshold = recovery }, value, count: 1);

        Assert.Equal(expected, verdict.ToString());
    }

    [Theory]
    [InlineData(9, "Insufficient")]
    [InlineData(10, "Breach")]
    public void Wants_its_number_of_requests(long count, string expected) =>
        Assert.Equal(expected, AlertVerdict.Of(Rule(">=", 20) with { MinRequests = 10 }, 30, count).ToString());

    [Fact]
    public void Is_no_data_without_a_value() => Assert.Equal(Verdict.NoData, AlertVerdict.Of(Rule(">=", 20) with { MinRequests = 10 }, null, 0));

    private static AlertRule Rule(string comparator, double threshold) => new()
    {
        Name = "r",
        Projects = ["Project_1"],
        Metric = "latency",
        Aggregate = "max",
        Comparator = AlertComparators.Find(comparator)!.Value,
        Threshold = threshold,
        ThresholdMax = comparator.Contains("between", StringComparison.Ordinal) ? 30 : null,
    };
}
