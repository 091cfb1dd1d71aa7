using System.Globalization;
using System.Text.RegularExpressions;
using SreBot.Model;

namespace SreBot.Evidence;

/// <summary>Reads windows as people write them, in UTC: <c>last 2 hours</c>, <c>since 14:00</c>, <c>yesterday</c>, <c>2026-03-01T10:00Z to 2026-03-01T11:00Z</c>.</summary>
internal static partial class TimeText
{
    private static readonly TimeSpan Longest = TimeSpan.FromDays(31);

    /// <summary>The last hour for null or blank.</summary>
    /// <exception cref="SreException">Invalid, with examples, or when the window is empty, in the future or longer than 31 days.</exception>
    public static TimeWindow Parse(string? text, DateTimeOffset now)
    {
        var window = string.IsNullOrWhiteSpace(text) ? new TimeWindow(now.AddHours(-1), now) : Find(text.Trim(), now) ?? throw new SreException(SreErrorKind.Invalid,
            $"I cannot read the time '{(text.Length <= 60 ? text : text[..60] + "…")}'; write for example: last 2 hours, since 14:00, yesterday, or 2026-03-01T10:00Z to 2026-03-01T11:00Z.");
        window = window with { To = window.To > now ? now : window.To };
        if (window.From >= window.To)
            throw new SreException(SreErrorKind.Invalid, "That time has not begun yet; name one in the past.");

        return window.Length <= Longest ? window : throw new SreException(SreErrorKind.Invalid, "That is longer than 31 days; name a shorter time.");
    }

    /// <summary>The stretch of the text that names a time, as it stands there; null when none does. For sentences in which it is a part.</summary>
    public static string? Mention(string sentence) => Spoken().Matches(sentence) is { Count: > 0 } matches ? matches[^1].Value.Trim() : null;

    private static TimeWindow? Find(string text, DateTimeOffset now)
    {
        var today = new DateTimeOffset(now.UtcDateTime.Date, TimeSpan.Zero);
        var lower = text.ToLowerInvariant();
        if (Last().Match(lower) is { Success: true } last)
            return new TimeWindow(now - Span(last.Groups["count"].Value, last.Groups["unit"].Value), now);
        if (Ago().Match(lower) is { Success: true } ago)
            return new TimeWindow(now - Span(ago.Groups["count"].Value, ago.Groups["unit"].Value), now);
        return lower switch
        {
            "today" => new TimeWindow(today, now),
            "yesterday" => new TimeWindow(today.AddDays(-1), today),
            "last night" => new TimeWindow(today.AddHours(-2), today.AddHours(6)),
            "this morning" => new TimeWindow(today.AddHours(6), today.AddHours(12)),
            "now" or "right now" => new TimeWindow(now.AddMinutes(-10), now),
            _ when Separator().Split(text) is [var first, var second] && Range(first, second, now) is { } range => range,
            _ when Since().Match(text) is { Success: true } since && Point(since.Groups["at"].Value, now) is { } from => new TimeWindow(from, now),
            _ when Around().Match(text) is { Success: true } around && Point(around.Groups["at"].Value, now) is { } at => new TimeWindow(at.AddMinutes(-30), at.AddMinutes(30)),
            _ => null,
        };
    }

    private static TimeWindow? Range(string first, string second, DateTimeOffset now)
    {
        first = first.StartsWith("from ", StringComparison.OrdinalIgnoreCase) ? first[5..] : first.StartsWith("between ", StringComparison.OrdinalIgnoreCase) ? first[8..] : first;
        return Point(first, now) is { } from && (string.Equals(second.Trim(), "now", StringComparison.OrdinalIgnoreCase) ? now : Point(second, now)) is { } to
            ? new TimeWindow(from, to <= from && second.Trim().Length <= 8 ? to.AddDays(1) : to) : null;
    }

    /// <summary>A time of day is the last one that has passed.</summary>
    private static DateTimeOffset? Point(string text, DateTimeOffset now)
    {
        text = text.Trim().Replace(" UTC", "Z", StringComparison.OrdinalIgnoreCase);
        if (Clock().Match(text) is { Success: true } clock && int.Parse(clock.Groups["hour"].Value) is var hour && hour < 24)
        {
            hour += string.Equals(clock.Groups["half"].Value, "pm", StringComparison.OrdinalIgnoreCase) && hour < 12 ? 12 : 0;
            var minute = clock.Groups["minute"].Success ? int.Parse(clock.Groups["minute"].Value) : 0;
            var at = new DateTimeOffset(now.UtcDateTime.Date, TimeSpan.Zero).AddHours(hour).AddMinutes(minute);
            return at <= now ? at : at.AddDays(-1);
        }

        return Iso().IsMatch(text) && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var point) ? point : null;
    }

    private static TimeSpan Span(string count, string unit)
    {
        var number = count switch { "" or "a" or "an" or "one" => 1, "two" => 2, "three" => 3, "six" => 6, "half an" => 0.5, _ => double.Parse(count, CultureInfo.InvariantCulture) };
        return Math.Min(number, 10_000) * unit[0] switch
        {
            's' => TimeSpan.FromSeconds(1),
            'm' => TimeSpan.FromMinutes(1),
            'h' => TimeSpan.FromHours(1),
            'd' => TimeSpan.FromDays(1),
            _ => TimeSpan.FromDays(7),
        };
    }

    private const string CountPattern = @"(?<count>\d{1,5}(?:\.\d)?|half an|an?|one|two|three|six)?";
    private const string UnitPattern = "(?<unit>seconds?|secs?|minutes?|mins?|m|hours?|hrs?|h|days?|d|weeks?|w)";
    private const string PointPattern = @"\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?)?(?:Z|[+-]\d\d:\d\d)?|\d{1,2}:\d\d(?:\s?UTC)?|\d{1,2}\s?[ap]m";

    [GeneratedRegex($@"^(?:in |for |over |during |within )?(?:the )?(?:last|past|previous)\s+{CountPattern}\s*{UnitPattern}$")]
    private static partial Regex Last();

    [GeneratedRegex($@"^(?:since )?{CountPattern}\s*{UnitPattern} ago$")]
    private static partial Regex Ago();

    [GeneratedRegex(@"^(?:since|from|after)\s+(?<at>.+)$", RegexOptions.IgnoreCase)]
    private static partial Regex Since();

    [GeneratedRegex(@"^(?:at|around|about)\s+(?<at>.+)$", RegexOptions.IgnoreCase)]
    private static partial Regex Around();

    [GeneratedRegex(@"\s+(?:to|until|till|and|-|–)\s+|/", RegexOptions.IgnoreCase)]
    private static partial Regex Separator();

    [GeneratedRegex(@"^(?<hour>\d{1,2})(?::(?<minute>[0-5]\d))?\s?(?<half>[ap]m)?Z?$", RegexOptions.IgnoreCase)]
    private static partial Regex Clock();

    [GeneratedRegex(@"^\d{4}-\d\d-\d\d")]
    private static partial Regex Iso();

    [GeneratedRegex($@"\b(?:(?:the )?(?:last|past|previous)\s+{CountPattern}\s*{UnitPattern}\b|(?:since )?{CountPattern}\s*{UnitPattern} ago\b|yesterday|today|last night|this morning|right now|(?:(?:from|between)\s+)?(?:{PointPattern})\s+(?:to|until|till|and|-)\s+(?:{PointPattern}|now)|(?:since|at|around|after|from)\s+(?:{PointPattern}))", RegexOptions.IgnoreCase)]
    private static partial Regex Spoken();
}
