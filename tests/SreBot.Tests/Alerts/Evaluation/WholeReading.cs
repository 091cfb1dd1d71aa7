using SreBot.Alerts.Evaluation;
using SreBot.Alerts.Rules;
using SreBot.Telemetry;

namespace SreBot.Tests.Alerts.Evaluation;

/// <summary>Every value and every group of some rules, which travel with the query: what an evaluation of a set must agree with.</summary>
internal static class WholeReading
{
    public static Task<AlertReadings> OfAsync(ITelemetryStore store, string database, IReadOnlyList<AlertRule> rules, DateTimeOffset tick)
    {
        var set = new AlertRuleSet(database, 0, rules, [.. Enumerable.Range(0, AlertShards.Count)]);
        return new AlertReadingPass(store, set, tick, open: null, isMirrored: false).RunAsync(TestContext.Current.CancellationToken);
    }
}
