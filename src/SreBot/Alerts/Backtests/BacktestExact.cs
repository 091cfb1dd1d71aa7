using SreBot.Alerts.Rules;
using SreBot.Model;

namespace SreBot.Alerts.Backtests;

/// <summary>Reads the answer of <see cref="BacktestQuery.At"/>.</summary>
internal static class BacktestExact
{
    /// <summary>In the rule's unit, by group and tick; what is not there had no requests.</summary>
    public static IReadOnlyDictionary<(string GroupKey, DateTimeOffset Tick), double?> Values(AlertRule rule, StepTable table)
    {
        var values = new Dictionary<(string, DateTimeOffset), double?>();
        for (var row = 0; row < table.Rows.Count; row++)
        {
            var key = AlertGroup.Key(rule.GroupBy, [.. Enumerable.Range(0, rule.GroupBy.Count).Select(i => table.Text(row, $"group_{i}"))]);
            var value = table.Number(row, "value");
            values[(key, DateTimeOffset.FromUnixTimeSeconds((long)table.Number(row, "tick")))] = rule.Value(double.IsNaN(value) ? null : value);
        }

        return values;
    }
}
