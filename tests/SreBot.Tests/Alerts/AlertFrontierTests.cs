using SreBot.Alerts;
using SreBot.Alerts.Evaluation;

namespace SreBot.Tests.Alerts;

public sealed class AlertFrontierTests
{
    private static readonly DateTimeOffset Ten = new(2026, 1, 5, 10, 0, 0, TimeSpan.Zero);
    private readonly AlertOptions options = new();

    [Theory]
    [InlineData("10:07:30", "10:07:04", "10:06")] // the lag of 5 s has not passed
    [InlineData("10:07:30", "10:07:05", "10:07")]
    [InlineData("10:07:02", "10:07:02", "10:06")]
    [InlineData("10:07:30", "10:05:30", "10:05")]
    [InlineData("10:07:30", "10:01:30", "10:04")] // 3 minutes without news pass by time-out
    [InlineData("10:07:30", null, "10:04")]
    public void Is_where_the_newest_request_or_the_time_out_has_come(string now, string? newest, string expected)
    {
        var frontier = AlertFrontier.Of(newest is null ? null : At(newest), At(now), options);

        Assert.Equal(At(expected), frontier.At);
    }

    [Fact]
    public void Tells_minutes_with_telemetry_from_those_passed_by_time_out()
    {
        var frontier = AlertFrontier.Of(At("10:01:30"), At("10:07:30"), options);

        Assert.Equal((At("10:04"), At("10:01")), (frontier.At, frontier.Complete));
    }

    [Fact]
    public void Gives_the_due_ticks_in_order()
    {
        var due = AlertFrontier.Due(At("10:01"), At("10:04"), 60, out var skipped);

        Assert.Equal([At("10:02"), At("10:03"), At("10:04")], due);
        Assert.Equal(0, skipped);
    }

    [Fact]
    public void Gives_the_newest_when_too_many_are_due()
    {
        var due = AlertFrontier.Due(At("08:00"), At("10:00"), 60, out var skipped);

        Assert.Equal((60, At("09:01"), At("10:00"), 60), (due.Count, due[0], due[^1], skipped));
    }

    [Fact]
    public void Gives_none_twice()
    {
        Assert.Empty(AlertFrontier.Due(At("10:00"), At("10:00"), 60, out _));
        Assert.Empty(AlertFrontier.Due(At("10:01"), At("10:00"), 60, out _));
    }

    [Fact]
    public void Starts_at_the_frontier() => Assert.Equal([At("10:00")], AlertFrontier.Due(null, At("10:00"), 60, out _));

    private static DateTimeOffset At(string time) => Ten.Date.Add(TimeSpan.Parse(time)) is var moment ? new DateTimeOffset(moment, TimeSpan.Zero) : default;
}
