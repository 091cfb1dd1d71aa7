namespace SreBot.Cli.Seeding;

internal static class SeedTime
{
    /// <summary>The last whole step at or before the time, counted in UTC.</summary>
    public static DateTimeOffset Floor(this DateTimeOffset time, TimeSpan step) =>
        new(time.UtcTicks - (time.UtcTicks % step.Ticks), TimeSpan.Zero);
}
