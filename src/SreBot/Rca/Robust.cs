namespace SreBot.Rca;

/// <summary>Statistics that a few wild values cannot move.</summary>
internal static class Robust
{
    /// <summary>Median absolute deviation times this is the standard deviation of a normal distribution.</summary>
    public const double ToSigma = 1.4826;

    /// <summary>NaN when there are none.</summary>
    public static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        return sorted.Count == 0 ? double.NaN : sorted.Count % 2 == 1 ? sorted[sorted.Count / 2] : (sorted[(sorted.Count / 2) - 1] + sorted[sorted.Count / 2]) / 2;
    }

    /// <summary>The standard deviation that the median absolute deviation stands for.</summary>
    public static double Sigma(IReadOnlyList<double> values)
    {
        var median = Median(values);
        return ToSigma * Median(values.Select(value => Math.Abs(value - median)));
    }
}
