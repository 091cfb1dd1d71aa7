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

        Assert.Equal(At("10:04"), frontier.At);
        Assert.Equal([false, false, true, true], new[] { "10:01", "10:02", "10:03", "10:04" }.Select(tick => frontier.IsEmpty(At(tick))));
        Assert.True(AlertFrontier.Of(null, At("10:07:30"), options).IsEmpty(At("10:04")));
    }

    [Fact]
    public void Gives_the_due_ticks_in_order_to_the_shards_that_wait_for_them()
    {
        IReadOnlyList<AlertLease> leases = [new(0, 1, At("10:02")), new(1, 1, At("10:01")), new(2, 1, At("10:02")), new(3, 1, At("10:04"))];
        var order = new List<string>();

        while (AlertDue.Next(leases, At("10:04"), 60) is { } due)
        {
            order.Add($"{due.Tick:HH:mm} {string.Join(',', due.Leases.Select(lease => lease.Shard))}");
            Assert.Empty(due.Skipped);
            leases = [.. leases.Select(lease => due.Leases.Contains(lease) ? lease with { LastTick = due.Tick } : lease)];
        }

        Assert.Equal(["10:02 1", "10:03 0,1,2", "10:04 0,1,2"], order);
    }

    [Fact]
    public void Skips_what_is_too_far_back()
    {
        var due = AlertDue.Next([new(0, 1, At("08:00")), new(1, 1, At("09:30"))], At("10:00"), 60)!;

        Assert.Equal(At("09:01"), due.Tick);
        Assert.Equal([(0, 60)], due.Skipped.Select(entry => (entry.Key, entry.Value)));
    }

    [Fact]
    public void Gives_none_twice_and_starts_at_the_frontier()
    {
        Assert.Null(AlertDue.Next([new(0, 1, At("10:00")), new(1, 1, At("10:01"))], At("10:00"), 60));
        Assert.Equal(At("10:00"), AlertDue.Next([new(0, 1, null)], At("10:00"), 60)!.Tick);
    }

    private static DateTimeOffset At(string time) => Ten.Date.Add(TimeSpan.Parse(time)) is var moment ? new DateTimeOffset(moment, TimeSpan.Zero) : default;
}
