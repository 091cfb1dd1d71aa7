using SreBot.Alerts;
using SreBot.Alerts.Backtests;
using SreBot.Alerts.Evaluation;
using SreBot.Alerts.Rules;
using SreBot.Model;
using SreBot.Telemetry;
using SreBot.Tests.Fixtures;
using SreBot.Tests.Planning;

namespace SreBot.Tests.Alerts.Backtests;

/// <summary>What back-tests need, over a telemetry store.</summary>
internal static class BacktestHouse
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static BacktestReader Reader(ITelemetryStore telemetry) => new(telemetry, Microsoft.Extensions.Options.Options.Create(new AlertOptions()));

    public static Backtester Backtester(ITelemetryStore telemetry, KnownIncidents? incidents = null, int retentionDays = 30) =>
        new(telemetry, new AlertIngest(telemetry), Reader(telemetry), incidents is null ? [] : [incidents],
            Microsoft.Extensions.Options.Options.Create(new AlertOptions()), Microsoft.Extensions.Options.Options.Create(new TelemetryOptions { RetentionDays = retentionDays }));

    /// <summary>Each change of phase in words, with the values that people are shown.</summary>
    public static async Task<IReadOnlyList<string>> TransitionsAsync(ITelemetryStore telemetry, BacktestPlan plan)
    {
        var changes = BacktestMachine.Run(plan.Rule, await Reader(telemetry).ReadAsync(plan, Cancel));
        IReadOnlyDictionary<(string, DateTimeOffset), double?>? exact = null;
        if (plan.Marks is not null && changes.Count > 0)
        {
            var step = await new MemorySteps(telemetry, TimeProvider.System).ReadAsync("values", plan.Scope, BacktestQuery.At(plan, [.. changes.Select(change => change.After.Tick).Distinct()]), Cancel);
            exact = BacktestExact.Values(plan.Rule, step.Table);
        }

        return [.. changes.Select(change => Line(change.After.Tick, change.GroupKey, AlertNames.Of(change.Transition!.From), AlertNames.Of(change.Transition.To), AlertNames.Of(change.Verdict),
            exact is null || change.After.Value is null || change.Count == 0 ? change.After.Value : exact.GetValueOrDefault((change.GroupKey, change.After.Tick)), change.Count)).Order(StringComparer.Ordinal)];
    }

    public static string Line(DateTimeOffset tick, string group, string from, string to, string verdict, double? value, long count) =>
        $"{tick:MM-dd HH:mm} [{group}] {from} -> {to} by {verdict} at {(value is { } number ? number.ToString("G10") : "nothing")} of {count}";
}
