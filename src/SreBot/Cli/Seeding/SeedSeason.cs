namespace SreBot.Cli.Seeding;

/// <summary>The time of day in a shop: quiet at night, busy in the afternoon (UTC).</summary>
internal static class SeedSeason
{
    /// <summary>Factor on the number of requests; 1 on average over a day.</summary>
    public static double Requests(long ticks) => 1 + (0.25 * Wave(ticks));

    /// <summary>Factor on execution times.</summary>
    public static double Latency(long ticks) => 1 + (0.06 * Wave(ticks));

    /// <summary>Percent points on CPU.</summary>
    public static double CpuPercent(long ticks) => 6 * Wave(ticks);

    /// <summary>-1 at 03:00, 1 at 15:00.</summary>
    private static double Wave(long ticks) => Math.Sin(2 * Math.PI * ((ticks % TimeSpan.TicksPerDay / (double)TimeSpan.TicksPerDay) - 0.375));
}
