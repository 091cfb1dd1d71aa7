namespace SreBot.Telemetry;

/// <summary>The fixed steps of latency for which the roll-ups count requests, so that a percentile can be compared with one of them exactly:
/// over n requests the nearest-rank value of percent p is at or above a step when more than n - ceil(n p / 100) requests are.</summary>
internal static class LatencyGrid
{
    /// <summary>In milliseconds, rising; the columns are those of <c>Schema/001_first.sql</c>.</summary>
    public static IReadOnlyList<int> Milliseconds { get; } = [10, 20, 50, 100, 200, 500, 1000, 2000, 3000, 5000, 10000, 30000];

    /// <summary>The column that counts the requests whose latency is at or above the threshold; null when it lies on no step.</summary>
    public static string? Column(double milliseconds)
    {
        foreach (var step in Milliseconds)
        {
            if (step == milliseconds)
                return $"latency_from_{step}";
        }

        return null;
    }

    /// <summary>The steps nearest to some latencies on both sides, a latency that lies on one alone: those that tell best on which side of it a percentile lies.</summary>
    public static IReadOnlyList<int> Around(IEnumerable<double> milliseconds)
    {
        var steps = new SortedSet<int>();
        foreach (var edge in milliseconds)
        {
            steps.UnionWith(Milliseconds.Where(step => step <= edge).TakeLast(1));
            steps.UnionWith(Milliseconds.Where(step => step >= edge).Take(1));
        }

        return [.. steps];
    }

    /// <summary>The stretch, from a latency up to but not including another, in which a percentile lies that is at or above so many of some steps.</summary>
    public static (double From, double To) Stretch(IReadOnlyList<int> steps, int bucket) => (
        bucket == 0 ? double.NegativeInfinity : steps[bucket - 1],
        bucket == steps.Count ? double.PositiveInfinity : steps[bucket]);

    /// <summary>Over rows of a roll-up: how many of some steps the percentile is at or above.</summary>
    /// <param name="percent">SQL; a whole number.</param>
    /// <param name="count">SQL; the number of requests.</param>
    public static string BucketSql(IReadOnlyList<int> steps, string percent, string count) => steps.Count == 0
        ? "toUInt8(0)"
        : $"toUInt8({string.Join(" + ", steps.Select(step => $"(sum({Column(step)}) + intDiv({percent} * {count} + 99, 100) > {count})"))})";
}
