using System.Globalization;
using System.Text.RegularExpressions;

namespace SreBot.Alerts.Rules;

/// <summary>Durations as people write them: <c>90s</c>, <c>10m</c>, <c>2h</c>, <c>7d</c>, <c>10 minutes</c>.</summary>
internal static partial class AlertDuration
{
    /// <summary>Null when the text is none.</summary>
    public static TimeSpan? Find(string text) => Pattern().Match(text) is { Success: true } match && Unit(match.Groups["unit"].Value) is { } unit
        ? double.Parse(match.Groups["number"].Value, CultureInfo.InvariantCulture) * unit : null;

    /// <summary>Takes a duration of whole minutes, in one word or two.</summary>
    /// <param name="what">Such as <c>a window</c>.</param>
    public static TimeSpan Take(AlertWords words, string what, string example, TimeSpan least, TimeSpan most)
    {
        var text = words.IsAtEnd ? "" : words.All[words.Position].Text;
        var isTwo = text.Length > 0 && text.All(char.IsAsciiDigit) && Unit(words.PeekAt(1)) is not null;
        var range = $"{what} of whole minutes from {Text(least)} to {Text(most)}, such as {example}";
        if (Find(isTwo ? text + words.PeekAt(1) : text) is not { } time)
            throw words.ExpectedForm(range, text.Length is > 0 and < 6 && text.All(char.IsAsciiDigit) ? [text + "m"] : AlertNumber.Digits(text) is { } digits ? [digits + "m"] : words.IsAtEnd ? [] : [example]);

        if (time.Ticks % TimeSpan.TicksPerMinute != 0 || time < least || time > most)
            throw words.Fail(isTwo ? 2 : 1, range, [], [Text(TimeSpan.FromMinutes(Math.Ceiling(Math.Clamp(time.TotalMinutes, least.TotalMinutes, most.TotalMinutes))))], null);

        words.TakeText(what, isTwo ? 2 : 1);
        return time;
    }

    /// <summary>In the largest unit that is whole.</summary>
    public static string Text(TimeSpan time) => time switch
    {
        { Ticks: 0 } => "0m",
        _ when time.Ticks % TimeSpan.TicksPerDay == 0 => $"{time.Days}d",
        _ when time.Ticks % TimeSpan.TicksPerHour == 0 => $"{(long)time.TotalHours}h",
        _ when time.Ticks % TimeSpan.TicksPerMinute == 0 => $"{(long)time.TotalMinutes}m",
        _ => $"{(long)time.TotalSeconds}s",
    };

    /// <summary>For people: <c>8d 16h 58m</c>.</summary>
    public static string Words(TimeSpan time)
    {
        string[] parts = [Part(time.Days, "d"), Part(time.Hours, "h"), Part(time.Minutes, "m")];
        return string.Join(' ', parts.Where(part => part.Length > 0).DefaultIfEmpty("0m"));
    }

    private static string Part(int count, string unit) => count == 0 ? "" : $"{count}{unit}";

    private static TimeSpan? Unit(string word) => word.ToLowerInvariant() switch
    {
        "s" or "sec" or "secs" or "second" or "seconds" => TimeSpan.FromSeconds(1),
        "m" or "min" or "mins" or "minute" or "minutes" => TimeSpan.FromMinutes(1),
        "h" or "hr" or "hrs" or "hour" or "hours" => TimeSpan.FromHours(1),
        "d" or "day" or "days" => TimeSpan.FromDays(1),
        "w" or "week" or "weeks" => TimeSpan.FromDays(7),
        _ => null,
    };

    [GeneratedRegex(@"^(?<number>[0-9]{1,6}(?:\.[0-9]{1,3})?)(?<unit>[a-z]+)$", RegexOptions.IgnoreCase)]
    private static partial Regex Pattern();
}
