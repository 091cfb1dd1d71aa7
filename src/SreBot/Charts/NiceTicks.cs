namespace SreBot.Charts;

/// <summary>Round values for a vertical axis: steps of 1, 2 or 5 times a power of ten.</summary>
internal static class NiceTicks
{
    /// <summary>At least two values, evenly spaced, the first at or below <paramref name="low"/> and the last at or above <paramref name="high"/>.</summary>
    /// <param name="wanted">About how many steps.</param>
    public static IReadOnlyList<double> Between(double low, double high, int wanted)
    {
        var step = Step(Math.Max(high - low, Math.Max(Math.Abs(high), 1e-9) * 1e-6) / wanted);
        var first = Math.Floor(low / step);
        var last = Math.Max(Math.Ceiling(high / step), first + 1);
        return [.. Enumerable.Range(0, (int)(last - first) + 1).Select(index => (first + index) * step)];
    }

    private static double Step(double rough)
    {
        var power = Math.Pow(10, Math.Floor(Math.Log10(rough)));
        return (rough / power) switch
        {
            <= 1 => power,
            <= 2 => 2 * power,
            <= 5 => 5 * power,
            _ => 10 * power,
        };
    }

    /// <summary>A value as an axis shows it, with the decimals that its step needs: <c>0.25</c>, <c>40</c>, <c>12,000</c>, <c>1.5M</c>.</summary>
    public static string Label(double value, double step) => Math.Abs(step) switch
    {
        >= 100_000 => $"{value / 1e6:#,0.##}M",
        >= 1 => value.ToString("#,0"),
        >= 0.1 => value.ToString("0.0"),
        >= 0.01 => value.ToString("0.00"),
        >= 0.0001 => value.ToString("0.0000"),
        _ => value.ToString("0.##E+0"),
    };
}
