using SreBot.Alerts.Evaluation;
using SreBot.Alerts.Rules;
using SreBot.Alerts.States;

namespace SreBot.Alerts.Backtests;

/// <summary>Runs a rule over the past by the evaluator's own code. Pure.</summary>
/// <remarks>It starts with nothing open; silences are not applied, and nothing is told. Requests that came so late that the evaluator did not see them are seen here.</remarks>
internal static class BacktestMachine
{
    /// <param name="rule">The one that the data was read for, or the same with another threshold.</param>
    /// <param name="most">Gives up once so many episodes began.</param>
    /// <returns>Every change of phase, by tick, then by group.</returns>
    public static IReadOnlyList<AlertChange> Run(AlertRule rule, BacktestData data, int most = int.MaxValue)
    {
        var slot = new AlertSlot(rule, "");
        var changes = new List<AlertChange>();
        var entries = data.Series.Select(_ => -1).ToArray();
        var begun = 0;
        for (var i = 0; i < data.Ticks.Count && begun <= most; i++)
        {
            Move(data, entries, data.Ticks[i].ToUnixTimeSeconds());
            if (IsQuiet(slot, data, entries, i))
            {
                continue;
            }

            foreach (var change in Tick(slot, data, entries, i))
            {
                slot.Set(change.GroupKey, change.ToEntry(data.Ticks[i]));
                if (change.Transition is not null)
                {
                    changes.Add(change);
                }

                begun += change.Opens ? 1 : 0;
            }
        }

        return [.. changes.OrderBy(change => change.After.Tick).ThenBy(change => change.GroupKey, StringComparer.Ordinal)];
    }

    private static void Move(BacktestData data, int[] entries, long tick)
    {
        for (var i = 0; i < entries.Length; i++)
        {
            entries[i] = data.Series[i].Find(tick, entries[i]);
        }
    }

    /// <summary>Nothing can come of it, so the tick is passed over: all is at rest, something was seen, and all that was seen is clear.</summary>
    private static bool IsQuiet(AlertSlot slot, BacktestData data, int[] entries, int number)
    {
        if (slot.IsWatched || data.TimedOut[number])
        {
            return false;
        }

        var tick = data.Ticks[number].ToUnixTimeSeconds();
        var isSeen = false;
        for (var i = 0; i < entries.Length; i++)
        {
            var series = data.Series[i];
            if (series.HasRequests(entries[i], tick))
            {
                isSeen = true;
                if (AlertVerdict.Of(slot.Rule, series.Values[entries[i]], series.Counts[entries[i]]) is not (Verdict.Clear or Verdict.Between or Verdict.Insufficient))
                {
                    return false;
                }
            }
        }

        return isSeen;
    }

    private static IReadOnlyList<AlertChange> Tick(AlertSlot slot, BacktestData data, int[] entries, int number)
    {
        var at = data.Ticks[number];
        var readings = new AlertReadings();
        for (var i = 0; i < entries.Length && !data.TimedOut[number]; i++)
        {
            if (data.Series[i].At(entries[i], at.ToUnixTimeSeconds()) is { } reading)
            {
                readings.Add(slot.Rule.Id, reading);
            }
        }

        return new AlertTick(readings, AlertSilences.None, at, at.AddMinutes(-1)) { IsTimedOut = data.TimedOut[number] }.Decide([slot]);
    }
}
