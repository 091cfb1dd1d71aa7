namespace SreBot.Rca;

/// <summary>Finds when something changed: the stretch of a series whose mean differs most from the rest, against a noise that is taken robustly (median
/// of the absolute differences of neighbours), so that the change itself does not hide it. Pure.</summary>
internal static class ChangeScan
{
    /// <summary>Below it, the best of all stretches of pure noise is found as well.</summary>
    public const double LeastScore = 5;

    /// <param name="values">Evenly spaced, oldest first; NaN is a gap.</param>
    /// <param name="leastMove">The difference that counts, as a part of the rest's mean: less is the time of day.</param>
    /// <param name="isCandidate">Which stretches (first index, index after the last) may be answered; null: all.</param>
    /// <returns>Null when no stretch stands out.</returns>
    public static ChangeInterval? Find(IReadOnlyList<double> values, double leastMove, Func<int, int, bool>? isCandidate = null)
    {
        var filled = Fill(values);
        var count = filled.Length;
        if (count < 8)
            return null;

        var (sums, noise) = (Sums(filled), Noise(filled));
        ChangeInterval? best = null;
        for (var start = 1; start < count; start++)
        {
            for (var end = start + 1; end <= count; end++)
            {
                var inside = end - start;
                var outside = count - inside;
                if (outside < 5 || (isCandidate is not null && !isCandidate(start, end)))
                    continue;

                var mean = (sums[end] - sums[start]) / inside;
                var rest = (sums[count] - sums[end] + sums[start]) / outside;
                if (Math.Abs(mean - rest) < leastMove * Math.Abs(rest))
                    continue;

                var score = Math.Abs(mean - rest) / (noise * Math.Sqrt((1.0 / inside) + (1.0 / outside)));
                if (score >= LeastScore && score > (best?.Score ?? 0))
                    best = new ChangeInterval(start, end, mean, rest, score);
            }
        }

        return best;
    }

    /// <summary>A gap repeats the value before it.</summary>
    private static double[] Fill(IReadOnlyList<double> values)
    {
        var known = values.Where(value => !double.IsNaN(value)).ToList();
        if (known.Count == 0)
            return [];

        var result = new double[values.Count];
        var last = Robust.Median(known);
        for (var i = 0; i < result.Length; i++)
        {
            last = result[i] = double.IsNaN(values[i]) ? last : values[i];
        }

        return result;
    }

    private static double[] Sums(double[] values)
    {
        var sums = new double[values.Length + 1];
        for (var i = 0; i < values.Length; i++)
        {
            sums[i + 1] = sums[i] + values[i];
        }

        return sums;
    }

    private static double Noise(double[] values)
    {
        var differences = values.Zip(values.Skip(1), (a, b) => Math.Abs(b - a)).ToList();
        var scale = Robust.ToSigma * Robust.Median(differences) / Math.Sqrt(2);
        var floor = 0.01 * Math.Abs(Robust.Median(values)); // a flat series has no noise to measure
        return Math.Max(Math.Max(scale, floor), 1e-9);
    }
}
