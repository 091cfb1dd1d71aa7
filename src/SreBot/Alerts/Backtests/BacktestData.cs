namespace SreBot.Alerts.Backtests;

/// <summary>All that a back-test knows of the past.</summary>
/// <param name="Series">A group each.</param>
/// <param name="Ticks">Those at which the rule is due, oldest first.</param>
/// <param name="TimedOut">Of each tick: nothing had come for so long, of any project, that the evaluator passed the minute by time-out.</param>
/// <param name="Sql">What was read.</param>
internal sealed record BacktestData(BacktestPlan Plan, IReadOnlyList<BacktestSeries> Series, IReadOnlyList<DateTimeOffset> Ticks, IReadOnlyList<bool> TimedOut, string Sql)
{
    /// <summary>Ticks at which no group had a value.</summary>
    public int TicksWithoutData()
    {
        var seen = new bool[Ticks.Count];
        foreach (var series in Series)
        {
            var entry = -1;
            for (var i = 0; i < Ticks.Count; i++)
            {
                var tick = Ticks[i].ToUnixTimeSeconds();
                entry = series.Find(tick, entry);
                seen[i] |= series.HasRequests(entry, tick);
            }
        }

        return Enumerable.Range(0, seen.Length).Count(i => !seen[i] || TimedOut[i]);
    }
}
