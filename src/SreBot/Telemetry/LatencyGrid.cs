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
}
