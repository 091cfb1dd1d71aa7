using System.Globalization;

namespace SreBot.Telemetry;

/// <summary>A metric's value as a person reads it.</summary>
internal static class MetricValue
{
    /// <summary>Such as <c>84 ms</c>, <c>5.2%</c>, <c>0.0123 USD</c>; <c>no data</c> for null.</summary>
    /// <param name="unit">As <see cref="Metric.UnitOf"/> says.</param>
    public static string Text(double? value, string unit) => value is not { } number || double.IsNaN(number)
        ? "no data"
        : unit is "%" or "x" ? $"{Number(number)}{unit}" : $"{Number(number)} {unit}";

    /// <summary>Four significant digits, whole from 1,000 on.</summary>
    public static string Number(double value) => Math.Abs(value) switch
    {
        >= 1000 => value.ToString("#,##0", CultureInfo.InvariantCulture),
        >= 100 => value.ToString("0.#", CultureInfo.InvariantCulture),
        >= 10 => value.ToString("0.##", CultureInfo.InvariantCulture),
        >= 1 => value.ToString("0.###", CultureInfo.InvariantCulture),
        _ => value.ToString("0.####", CultureInfo.InvariantCulture),
    };
}
