using SreBot.Benchmarks.Chaos;

namespace SreBot.Tests.Scenario;

/// <summary>The benchmark program's <c>chaos</c>, short: whatever is killed, what is written and what is told is what the telemetry says, once.</summary>
public sealed class ChaosTests
{
    [Fact]
    public async Task No_alert_is_lost_or_doubled_in_twenty_kills()
    {
        var report = await ChaosRun.RunAsync(new ChaosOptions { Seed = 1, Kills = 20, PostgresStops = 2, Length = TimeSpan.FromMinutes(2), Hurry = 30 });

        Assert.True(report.Faults.Count == 0, $"{report.Summary}\n{string.Join('\n', report.Faults.Take(20))}\nLogs: {report.Folder}");
    }
}
