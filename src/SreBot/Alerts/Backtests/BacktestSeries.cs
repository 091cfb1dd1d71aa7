using SreBot.Alerts.Evaluation;

namespace SreBot.Alerts.Backtests;

/// <summary>A group's window values, one entry for each tick at which the window's content changed, rising.</summary>
/// <param name="Ticks">Seconds since 1970.</param>
/// <param name="Values">In the rule's unit; of a percentile a number that lies to the rule's thresholds as it does. Null: nothing to sum up.</param>
/// <param name="Counts">Requests in the window.</param>
/// <param name="News">Whether the window's newest bucket has requests.</param>
/// <param name="Shares">Of a percentile: requests above the first mark, 0 to 1; else 0.</param>
/// <param name="IsDense">Each tick stands for itself: one without an entry has no requests.</param>
internal sealed record BacktestSeries(string GroupKey, IReadOnlyList<long> Ticks, IReadOnlyList<double?> Values, IReadOnlyList<long> Counts, IReadOnlyList<bool> News,
    IReadOnlyList<double> Shares, bool IsDense = false)
{
    /// <summary>The entry that holds at a tick, looked for from an earlier one on; -1: none yet.</summary>
    public int Find(long tick, int from)
    {
        while (from + 1 < Ticks.Count && Ticks[from + 1] <= tick)
        {
            from++;
        }

        return from;
    }

    /// <summary>The entry that holds at a tick; -1: none yet.</summary>
    public int Find(long tick)
    {
        var (low, high) = (0, Ticks.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = Ticks[middle] <= tick ? (middle + 1, high) : (low, middle);
        }

        return low - 1;
    }

    /// <summary>As the evaluator would have read it; null: there were no requests.</summary>
    public AlertReading? At(int entry, long tick) => HasRequests(entry, tick) ? new AlertReading(GroupKey, Values[entry], Counts[entry]) : null;

    public bool HasRequests(int entry, long tick) => entry >= 0 && Counts[entry] > 0 && (!IsDense || Ticks[entry] == tick);
}
