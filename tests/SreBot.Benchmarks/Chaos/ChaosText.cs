using System.Globalization;

namespace SreBot.Benchmarks.Chaos;

/// <summary>How moments and numbers are written in lines that are compared.</summary>
internal static class ChaosText
{
    public static string Time(DateTimeOffset? time) => time is { } at ? at.UtcDateTime.ToString("HH:mm", CultureInfo.InvariantCulture) : "-";

    public static string Time(DateTime? time) => time is { } at ? at.ToString("HH:mm", CultureInfo.InvariantCulture) : "-";

    /// <summary>Sums of floating-point numbers depend on their order, beyond the ninth digit.</summary>
    public static string Number(double? number) => number is { } value ? value.ToString("G9", CultureInfo.InvariantCulture) : "-";
}
