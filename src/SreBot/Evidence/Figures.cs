using System.Globalization;
using SreBot.Rca;

namespace SreBot.Evidence;

/// <summary>The one way that numbers and times are written for people.</summary>
internal static class Figures
{
    /// <summary>Such as <c>12.4 ms</c>, <c>3.1%</c>, <c>1,204 requests</c>; <c>no data</c> for what is not there.</summary>
    public static string Number(double value, string unit) => double.IsNaN(value) ? "no data" : double.IsInfinity(value) ? "many times" : unit switch
    {
        "%" => $"{Plain(value)}%",
        "times" => $"{Plain(value)} times",
        "requests" => $"{Whole(value)} {(Whole(value) == "1" ? "request" : "requests")}",
        "" => Plain(value),
        _ => $"{Plain(value)} {unit}",
    };

    /// <summary>Three figures or so: <c>1,240</c>, <c>12.4</c>, <c>1.24</c>, <c>0.0012</c>.</summary>
    public static string Plain(double value) => double.IsNaN(value) ? "–" : Math.Abs(value) switch
    {
        0 => "0",
        >= 100 => value.ToString("#,0", CultureInfo.InvariantCulture),
        >= 10 => value.ToString("0.#", CultureInfo.InvariantCulture),
        >= 0.1 => value.ToString("0.##", CultureInfo.InvariantCulture),
        >= 0.0001 => value.ToString("0.####", CultureInfo.InvariantCulture),
        _ => value.ToString("0.########", CultureInfo.InvariantCulture),
    };

    public static string Whole(double value) => value.ToString("#,0", CultureInfo.InvariantCulture);

    /// <summary><c>2026-03-01 10:30 UTC</c>.</summary>
    public static string Time(DateTimeOffset at) => at.ToUniversalTime().ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);

    /// <summary>The date once when both are on one day: <c>2026-03-01 10:30 to 11:00 UTC</c>.</summary>
    public static string Window(DateTimeOffset from, DateTimeOffset to) => from.UtcDateTime.Date == to.UtcDateTime.Date
        ? $"{from.ToUniversalTime():yyyy-MM-dd HH:mm} to {to.ToUniversalTime():HH:mm} UTC"
        : $"{from.ToUniversalTime():yyyy-MM-dd HH:mm} to {to.ToUniversalTime():yyyy-MM-dd HH:mm} UTC";

    /// <summary><c>35 minutes</c>, <c>2 hours</c>, <c>90 minutes</c>.</summary>
    public static string Length(TimeSpan span) => span switch
    {
        { TotalDays: >= 2 } when span.Ticks % TimeSpan.TicksPerDay == 0 => $"{span.TotalDays:0} days",
        { TotalHours: >= 1 } when span.Ticks % TimeSpan.TicksPerHour == 0 => span.TotalHours == 1 ? "1 hour" : $"{span.TotalHours:0} hours",
        { TotalMinutes: >= 1 } => span.TotalMinutes < 1.5 ? "1 minute" : $"{span.TotalMinutes:0} minutes",
        _ => $"{span.TotalSeconds:0} seconds",
    };

    public static string Sentence(RcaStatement statement) =>
        string.Format(CultureInfo.InvariantCulture, statement.Template, [.. statement.Values.Select(value => value switch
        {
            RcaFigure figure => Number(figure.Value, figure.Unit),
            DateTimeOffset at => Time(at),
            IFormattable number => Plain(Convert.ToDouble(number, CultureInfo.InvariantCulture)),
            _ => (object)(value.ToString() ?? ""),
        })]);
}
