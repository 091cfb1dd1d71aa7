using SreBot.Adapters.Chat;
using SreBot.Alerts.Rules;

namespace SreBot.Alerts.Backtests;

/// <summary>Draws the values of a back-test: of each stretch of some ticks the worst, so that no breach falls between two points. Pure.</summary>
internal static class BacktestChart
{
    private const int MostGroups = 10;
    private const int MostPoints = 150;

    /// <summary>The groups that are drawn: those that were triggered longest, then those with the worst values.</summary>
    public static IReadOnlyList<BacktestSeries> Groups(BacktestResult result)
    {
        var sign = result.Rule.Comparator.IsBelow() ? -1 : 1;
        var triggered = result.Episodes.GroupBy(episode => episode.GroupKey).ToDictionary(group => group.Key, group => group.Sum(episode => episode.Triggered.Ticks));
        return [.. result.Data.Series.OrderByDescending(series => triggered.GetValueOrDefault(series.GroupKey)).ThenByDescending(series => series.Values.Max(value => sign * value)).Take(MostGroups)];
    }

    /// <summary>The worst of each stretch, oldest first; where nothing came the value is null.</summary>
    /// <param name="points">At most so many a group.</param>
    public static IReadOnlyList<BacktestPoint> Points(BacktestResult result, int points = MostPoints) =>
        [.. Groups(result).SelectMany(series => Points(result.Rule, series, result.Data.Ticks, Math.Min(points, result.Data.Ticks.Count)))];

    private static IEnumerable<BacktestPoint> Points(AlertRule rule, BacktestSeries series, IReadOnlyList<DateTimeOffset> ticks, int points)
    {
        var (sign, entry) = (rule.Comparator.IsBelow() ? -1 : 1, -1);
        for (var point = 0; point < points; point++)
        {
            var (first, next) = ((int)((long)point * ticks.Count / points), (int)((point + 1L) * ticks.Count / points));
            BacktestPoint? worst = null;
            var rank = double.NegativeInfinity;
            for (var i = first; i < next; i++)
            {
                entry = series.Find(ticks[i].ToUnixTimeSeconds(), entry);
                if (series.At(entry, ticks[i].ToUnixTimeSeconds()) is { Value: { } value } reading && sign * (value + (series.Shares[entry] * 1e9)) > rank)
                    (worst, rank) = (new BacktestPoint(series.GroupKey, ticks[i], value, reading.Count), sign * (value + (series.Shares[entry] * 1e9)));
            }

            yield return worst ?? new BacktestPoint(series.GroupKey, ticks[first], null, 0);
        }
    }

    public static ReplyChart Of(BacktestResult result, IReadOnlyList<BacktestPoint> points, string summary)
    {
        var longest = result.Episodes.MaxBy(episode => (episode.To ?? result.Data.Plan.To) - episode.From);
        return new ReplyChart($"{AlertText.Name(result.Rule)}", result.Rule.Measure.Unit, summary.Length <= 500 ? summary : summary[..499] + "…",
            [.. points.GroupBy(point => point.GroupKey).Select(group => new ReplySeries(group.Key.Length == 0 ? "value" : group.Key, [.. group.Select(point => new ReplyPoint(point.Tick, point.Value))]))])
        {
            Threshold = result.Rule.Threshold,
            Highlight = longest is null ? null : new ReplySpan(longest.From, longest.To ?? result.Data.Plan.To, result.Episodes.Count == 1 ? "would have fired" : "the longest"),
        };
    }
}
