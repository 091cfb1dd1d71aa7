namespace SreBot.Delivery;

/// <summary>How long to wait after a failed attempt: 1 s, doubled each time up to 5 minutes, up to a fifth more by chance so that a crowd spreads out.</summary>
internal static class BackOff
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(5);

    /// <param name="attempts">How many have failed, 1 or more.</param>
    /// <param name="chance">0 to 1.</param>
    public static TimeSpan After(int attempts, double chance)
    {
        var seconds = Math.Min(Longest.TotalSeconds, Math.Pow(2, Math.Clamp(attempts - 1, 0, 20)));
        return TimeSpan.FromSeconds(seconds * (1 + (0.2 * chance)));
    }
}
