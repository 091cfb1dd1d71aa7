using System.Globalization;
using System.Text.RegularExpressions;

namespace SreBot.Evidence;

/// <summary>Days and stretches of days, in a zone's own calendar.</summary>
internal static partial class DayText
{
    /// <summary>The day that a text names: of a weekday the latest one, without a year the last one that has begun. Null when it names none, or there is no such day.</summary>
    public static DateOnly? Read(string text, DateOnly today)
    {
        if (Word().Match(text) is { Success: true } word)
            return word.Value.ToLowerInvariant() switch { "today" => today, "yesterday" => today.AddDays(-1), _ => today.AddDays(-2) };
        if (Weekday().Match(text) is { Success: true } weekday)
            return Latest(today, weekday.Groups["day"].Value, isBefore: weekday.Groups["last"].Success);
        if (Iso().Match(text) is { Success: true } iso)
            return DateOnly.TryParseExact(iso.Value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

        return Date().Match(text) is { Success: true } date ? Of(date, today) : null;
    }

    /// <summary>The first instant and the length of a day, a part of one, a night, a week, a weekend, a month. Null when the text names none.</summary>
    /// <param name="day">The day it names; null: none.</param>
    public static (DateTime First, TimeSpan Length)? Stretch(string text, DateOnly? day, DateOnly today)
    {
        var lower = text.ToLowerInvariant();
        var monday = today.AddDays(-(((int)today.DayOfWeek + 6) % 7));
        var part = Part().Match(lower).Value;
        return (part, lower) switch
        {
            ("night", _) when day is null => Hours(today, -2, 8),
            ("night", _) => Hours(day.Value, 22, 8),
            ("morning", _) => Hours(day ?? today, 6, 6),
            ("afternoon", _) => Hours(day ?? today, 12, 6),
            ("evening", _) => Hours(day ?? today, 18, 4),
            (_, "overnight") => Hours(today, -2, 8),
            (_, "tonight") => Hours(today, 18, 6),
            (_, "this week") => Hours(monday, 0, 7 * 24),
            (_, "last week") => Hours(monday.AddDays(-7), 0, 7 * 24),
            (_, "last weekend") => Hours(monday.AddDays(-2), 0, 48),
            (_, "this month") => Month(new DateOnly(today.Year, today.Month, 1)),
            (_, "last month") => Month(new DateOnly(today.Year, today.Month, 1).AddMonths(-1)),
            _ when lower.EndsWith("weekend", StringComparison.Ordinal) => Hours(today.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday ? monday.AddDays(5) : monday.AddDays(-2), 0, 48),
            _ when day is { } whole => Hours(whole, 0, 24),
            _ => null,
        };
    }

    private static (DateTime First, TimeSpan Length) Hours(DateOnly day, int first, int count) => (day.ToDateTime(TimeOnly.MinValue).AddHours(first), TimeSpan.FromHours(count));

    private static (DateTime First, TimeSpan Length) Month(DateOnly first) => Hours(first, 0, 24 * DateTime.DaysInMonth(first.Year, first.Month));

    private static DateOnly Latest(DateOnly today, string name, bool isBefore)
    {
        var wanted = Enum.GetValues<DayOfWeek>().First(day => day.ToString().StartsWith(name[..3], StringComparison.OrdinalIgnoreCase));
        var back = (today.DayOfWeek - wanted + 7) % 7;
        return today.AddDays(-(back == 0 && isBefore ? 7 : back));
    }

    private static DateOnly? Of(Match date, DateOnly today)
    {
        var month = 1 + Array.FindIndex(CultureInfo.InvariantCulture.DateTimeFormat.AbbreviatedMonthNames, name => name.StartsWith(date.Groups["month"].Value[..3], StringComparison.OrdinalIgnoreCase));
        var (day, year) = (int.Parse(date.Groups["day"].Value), date.Groups["year"].Success ? int.Parse(date.Groups["year"].Value) : today.Year);
        if (year is < 1 or > 9999 || day < 1 || day > DateTime.DaysInMonth(year, month))
            return null;

        var found = new DateOnly(year, month, day);
        return found > today && !date.Groups["year"].Success && (month, day) is not (2, 29) ? found.AddYears(-1) : found;
    }

    private const string Months = "(?<month>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*";

    [GeneratedRegex(@"\b(?:today|day before yesterday|yesterday)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Word();

    [GeneratedRegex(@"\b(?:(?<last>last|past|previous)\s+|this\s+|on\s+)?(?<day>(?:mon|tue|wed|thu|fri|sat|sun)(?:day|sday|nesday|rsday|urday)?)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Weekday();

    [GeneratedRegex(@"\d{4}-\d\d-\d\d")]
    private static partial Regex Iso();

    [GeneratedRegex($@"\b(?<day>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?{Months}\b(?:,?\s+(?<year>\d{{4}})\b)?|\b{Months}\.?\s+(?<day>\d{{1,2}})(?:st|nd|rd|th)?\b(?:,?\s+(?<year>\d{{4}})\b)?", RegexOptions.IgnoreCase)]
    private static partial Regex Date();

    [GeneratedRegex(@"\b(?:morning|afternoon|evening|night)\b")]
    private static partial Regex Part();
}
