using SreBot.Rca;

namespace SreBot.Investigations;

/// <summary>Where a series usually lies: three standard deviations either side of its middle, both taken robustly, so that a spike in the past does not widen it.</summary>
/// <param name="Points">That it was taken from.</param>
internal sealed record UsualRange(double Middle, double Deviation, double Low, double High, int Points)
{
    private const int LeastPoints = 8;
    private const double Deviations = 3;

    /// <summary>The mean absolute deviation times this is the standard deviation of a normal distribution.</summary>
    private const double MeanToSigma = 1.2533;

    /// <param name="unit">In <c>%</c> nothing lies above 100; what was never below zero does not usually lie there.</param>
    /// <returns>Null when there is too little past to tell.</returns>
    public static UsualRange? Of(IReadOnlyList<double> past, string unit)
    {
        if (past.Count < LeastPoints)
            return null;

        var middle = Robust.Median(past);
        var deviation = Robust.Sigma(past);
        if (deviation == 0) // more than half of the values are alike: the others still count
            deviation = MeanToSigma * past.Average(value => Math.Abs(value - middle));
        var (low, high) = (middle - (Deviations * deviation), middle + (Deviations * deviation));
        return new UsualRange(middle, deviation, past.Min() >= 0 ? Math.Max(0, low) : low, unit == "%" ? Math.Min(100, high) : high, past.Count);
    }
}
