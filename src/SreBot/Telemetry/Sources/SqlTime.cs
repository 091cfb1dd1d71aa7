using System.Globalization;

namespace SreBot.Telemetry.Sources;

internal static class SqlTime
{
    /// <summary>A time as a literal, for statements that take no parameters.</summary>
    public static string Text(DateTimeOffset time) => $"toDateTime64('{time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss.fff", CultureInfo.InvariantCulture)}', 3, 'UTC')";

    /// <summary>The next full step, itself where it is one.</summary>
    public static DateTimeOffset Ceiling(DateTimeOffset time, TimeSpan step) => new((time.UtcTicks + step.Ticks - 1) / step.Ticks * step.Ticks, TimeSpan.Zero);

    public static DateTimeOffset Floor(DateTimeOffset time, TimeSpan step) => new(time.UtcTicks - (time.UtcTicks % step.Ticks), TimeSpan.Zero);
}
