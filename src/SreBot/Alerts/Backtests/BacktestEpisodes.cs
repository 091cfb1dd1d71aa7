using SreBot.Alerts.Evaluation;
using SreBot.Alerts.Rules;
using SreBot.Alerts.States;

namespace SreBot.Alerts.Backtests;

/// <summary>Makes episodes of changes of phase. Pure.</summary>
internal static class BacktestEpisodes
{
    /// <summary>By start, then by group.</summary>
    public static IReadOnlyList<BacktestEpisode> Of(AlertRule rule, BacktestData data, IReadOnlyList<AlertChange> changes)
    {
        var series = data.Series.ToDictionary(one => one.GroupKey);
        return [.. changes.GroupBy(change => change.GroupKey).SelectMany(group => Of(rule, data.Plan.To, series.GetValueOrDefault(group.Key), [.. group]))
            .OrderBy(episode => episode.From).ThenBy(episode => episode.GroupKey, StringComparer.Ordinal)];
    }

    private static IEnumerable<BacktestEpisode> Of(AlertRule rule, DateTimeOffset end, BacktestSeries? series, IReadOnlyList<AlertChange> changes)
    {
        for (var i = 0; i < changes.Count; i++)
        {
            if (!changes[i].Opens)
                continue;

            var closes = Enumerable.Range(i + 1, changes.Count - i - 1).FirstOrDefault(later => changes[later].Closes, changes.Count);
            DateTimeOffset? to = closes < changes.Count ? changes[closes].After.Tick : null;
            var triggered = TimeSpan.Zero;
            for (var at = i; at < closes; at++)
            {
                if (changes[at].After.Phase == AlertPhase.Triggered)
                    triggered += (at + 1 < changes.Count ? changes[at + 1].After.Tick : end) - changes[at].After.Tick;
            }

            var (worst, tick) = Worst(rule, series, changes[i].After.Tick, to ?? end);
            yield return new BacktestEpisode(changes[i].GroupKey, changes[i].After.Tick, to, changes[i].After.Value, worst ?? changes[i].After.Value, tick, triggered, changes[i].Count > 0);
        }
    }

    private static (double? Worst, DateTimeOffset Tick) Worst(AlertRule rule, BacktestSeries? series, DateTimeOffset from, DateTimeOffset to)
    {
        var (worst, tick, sign) = ((int?)null, from, rule.Comparator.IsBelow() ? -1 : 1);
        for (var i = Math.Max(0, series?.Find(from.ToUnixTimeSeconds()) ?? 0); series is not null && i < series.Ticks.Count && series.Ticks[i] < to.ToUnixTimeSeconds(); i++)
        {
            if (series.Counts[i] > 0 && series.Values[i] is not null && (worst is null || sign * Weight(series, i) > sign * Weight(series, worst.Value)))
                (worst, tick) = (i, DateTimeOffset.FromUnixTimeSeconds(Math.Max(series.Ticks[i], from.ToUnixTimeSeconds())));
        }

        return (worst is { } at ? series!.Values[at] : null, tick);
    }

    private static double Weight(BacktestSeries series, int entry) => series.Shares[entry] > 0 ? 1e9 + series.Shares[entry] : series.Values[entry]!.Value;
}
