using SreBot.Adapters.Chat;

namespace SreBot.Charts;

/// <summary>Where a chart's times and values lie on its 1,200 by 500 pixels.</summary>
internal sealed class ChartFrame
{
    public const double Width = 1200, Height = 500;
    public const double Left = 88, Right = Width - 32, Top = 132, Bottom = Height - 52;

    private readonly DateTimeOffset from, to;

    private ChartFrame(DateTimeOffset from, DateTimeOffset to, IReadOnlyList<double> values)
    {
        this.from = from;
        this.to = to;
        Values = values;
        Times = TimeTicks.Between(from, to, 9);
    }

    /// <summary>The values that carry a grid line; the first and the last bound the axis.</summary>
    public IReadOnlyList<double> Values { get; }

    public IReadOnlyList<(DateTimeOffset At, string Label)> Times { get; }

    /// <summary>Fits every point, the threshold and the band; null when there is no value at all.</summary>
    public static ChartFrame? Fit(ReplyChart chart)
    {
        var points = chart.Series.SelectMany(series => series.Points).ToList();
        var values = points.Select(point => point.Value).OfType<double>().Where(double.IsFinite).ToList();
        if (values.Count == 0)
            return null;
        if (chart.Threshold is { } threshold && double.IsFinite(threshold))
            values.Add(threshold);
        values.AddRange(ChartBand.Values(chart.Band));
        // Zero belongs to the axis of anything that cannot be negative: a cut axis makes noise look like change.
        var (low, high) = (Math.Min(0, values.Min()), Math.Max(0, values.Max()));
        var (from, to) = (points.Min(point => point.At), points.Max(point => point.At));
        return new(from, to > from ? to : from.AddMinutes(1), NiceTicks.Between(low, high, 5));
    }

    public double X(DateTimeOffset at) => Left + Math.Clamp((at - from) / (to - from), 0, 1) * (Right - Left);

    public double Y(double value) => Bottom - Math.Clamp((value - Values[0]) / (Values[^1] - Values[0]), 0, 1) * (Bottom - Top);
}
