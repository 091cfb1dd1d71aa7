using SreBot.Alerts.Rules;

namespace SreBot.Alerts.Backtests;

/// <summary>Thresholds to try: from what is usual to past the worst that was. Pure.</summary>
internal static class ThresholdCandidates
{
    private const int Steps = 40;

    /// <summary>Where the windows' values lie: half of them are usual.</summary>
    public static IReadOnlyList<double> Levels(AlertRule rule) => rule.Comparator.IsBelow() ? [0.5, 0.2, 0.1, 0.05, 0.02, 0.01, 0.005, 0.002, 0.001, 0] : [0.5, 0.8, 0.9, 0.95, 0.98, 0.99, 0.995, 0.998, 0.999, 1];

    /// <summary>Rising, each three figures long.</summary>
    /// <param name="usual">The values at <see cref="Levels"/>, in that order.</param>
    /// <param name="peaks">The worst value of each incident.</param>
    public static IReadOnlyList<double> Of(AlertRule rule, IReadOnlyList<double> usual, IEnumerable<double> peaks)
    {
        var known = usual.Concat(peaks).Where(double.IsFinite).ToList();
        if (known.Count == 0)
            return [];

        var (low, high) = (known.Min(), known.Max());
        var past = rule.Comparator.IsBelow() ? low - (0.1 * Math.Abs(low)) : high + (0.1 * Math.Abs(high));
        var (from, to) = (Math.Min(low, past), Math.Max(high, past));
        var grid = Enumerable.Range(0, Steps + 1).Select(i => from > 0 && to / from > 4 ? from * Math.Pow(to / from, i / (double)Steps) : from + ((to - from) * i / Steps));
        return [.. known.Concat(grid).Append(past).Select(Round).Where(value => value >= 0 || low < 0).Distinct().Order()];
    }

    /// <summary>To three figures.</summary>
    public static double Round(double value)
    {
        if (value == 0)
            return 0;

        var digits = 2 - (int)Math.Floor(Math.Log10(Math.Abs(value)));
        return digits >= 0 ? Math.Round(value, Math.Min(digits, 15)) : Math.Round(value * Math.Pow(10, digits)) * Math.Pow(10, -digits);
    }

    /// <summary>The windows' values at those levels.</summary>
    public static IReadOnlyList<double> Usual(AlertRule rule, IEnumerable<BacktestSeries> series)
    {
        var values = series.SelectMany(one => one.Values.Where((value, i) => value is { } number && double.IsFinite(number) && one.Counts[i] > 0 && one.Counts[i] >= rule.MinRequests).OfType<double>()).Order().ToList();
        return values.Count == 0 ? [] : [.. Levels(rule).Select(level => values[(int)Math.Round(level * (values.Count - 1))])];
    }

    /// <summary>The worst value of each incident among the groups that it may show in.</summary>
    public static IEnumerable<double> Peaks(AlertRule rule, IReadOnlyList<BacktestSeries> series, IEnumerable<BacktestIncident> incidents) => incidents.SelectMany(incident =>
    {
        var values = series.Where(one => incident.IsCaughtBy(one.GroupKey, incident.From)).SelectMany(one => Between(one, incident)).ToList();
        return values.Count == 0 ? [] : new[] { rule.Comparator.IsBelow() ? values.Min() : values.Max() };
    });

    private static IEnumerable<double> Between(BacktestSeries series, BacktestIncident incident)
    {
        for (var i = Math.Max(0, series.Find(incident.From.ToUnixTimeSeconds())); i < series.Ticks.Count && series.Ticks[i] <= incident.To.ToUnixTimeSeconds(); i++)
        {
            if (series.Counts[i] > 0 && series.Values[i] is { } value && double.IsFinite(value))
                yield return value;
        }
    }
}
