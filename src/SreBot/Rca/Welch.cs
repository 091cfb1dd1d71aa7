namespace SreBot.Rca;

/// <summary>Welch's test of two means, as standard errors of a normal distribution.</summary>
internal static class Welch
{
    /// <summary>How surprising a difference is. Few values make a large t far less surprising than a normal test would have it: at 8 degrees of freedom 4 comes
    /// once in 250 times, not once in 16,000. NaN when neither side varies.</summary>
    /// <param name="firstError">The variance of the first mean: that of one value by their number. So is <paramref name="secondError"/>.</param>
    public static double Z(double difference, double firstError, double firstCount, double secondError, double secondCount)
    {
        var error = firstError + secondError;
        if (error <= 0)
            return double.NaN;

        var t = difference / Math.Sqrt(error);
        var freedom = error * error / (Share(firstError, firstCount) + Share(secondError, secondCount)); // Welch-Satterthwaite
        return double.IsFinite(freedom) ? Math.Sign(t) * ((8 * freedom) + 1) / ((8 * freedom) + 3) * Math.Sqrt(freedom * Math.Log(1 + (t * t / freedom))) : t; // Wallace 1959
    }

    private static double Share(double error, double count) => error * error / Math.Max(1, count - 1);
}
