using System.Globalization;
using System.Text.RegularExpressions;
using SreBot.Model;

namespace SreBot.Evidence;

/// <summary>Reads windows as people write them, in UTC unless a zone is named: <c>last 2 hours</c>, <c>since 14:00 CET</c>, <c>yesterday afternoon</c>, <c>between 2 and 3pm</c>.
/// What hangs on a deploy or an incident is read by <see cref="WindowReader"/>.</summary>
internal static partial class TimeText
{
    private static readonly TimeSpan Longest = TimeSpan.FromDays(31);
    private static readonly TimeSpan EitherSide = TimeSpan.FromMinutes(30);

    /// <summary>The last hour for null or blank.</summary>
    /// <exception cref="SreException">Invalid, with examples, or when the window is empty, in the future or longer than 31 days.</exception>
    public static TimeWindow Parse(string? text, DateTimeOffset now) => Check(
        string.IsNullOrWhiteSpace(text) ? new TimeWindow(now.AddHours(-1), now) : Find(text.Trim(), now) ?? throw new SreException(SreErrorKind.Invalid,
            $"I cannot read the time '{(text.Length <= 60 ? text : text[..60] + "…")}'; write for example: last 2 hours, since 14:00 CET, yesterday afternoon, or 2026-03-01T10:00Z to 2026-03-01T11:00Z."), now);

    /// <summary>The part of a window that has passed.</summary>
    /// <exception cref="SreException">Invalid, when it is empty, in the future or longer than 31 days.</exception>
    public static TimeWindow Check(TimeWindow window, DateTimeOffset now)
    {
        window = window with { To = window.To > now ? now : window.To };
        if (window.From >= window.To)
            throw new SreException(SreErrorKind.Invalid, "That time has not begun yet; name one in the past.");

        return window.Length <= Longest ? window : throw new SreException(SreErrorKind.Invalid, "That is longer than 31 days; name a shorter time.");
    }

    /// <summary>The stretch of the text that names a time, as it stands there, the last one when there are several; null when none does.</summary>
    public static string? Mention(string sentence) => Mentions(sentence) is [.., var last] ? last : null;

    /// <summary>All of them, in order.</summary>
    public static IReadOnlyList<string> Mentions(string sentence) => [.. Spoken.Matches(sentence).Select(match => match.Value.Trim())];

    private static TimeWindow? Find(string text, DateTimeOffset now)
    {
        var calendar = text.ToLowerInvariant() is "last week" or "last month"; // not the last seven days
        if (!calendar && Last().Match(text) is { Success: true } last)
            return new TimeWindow(now - Span(last), now);
        if (Ago().Match(text) is { Success: true } ago)
            return new TimeWindow(now - Span(ago), now);
        if (ThisHour().IsMatch(text))
            return new TimeWindow(now.AddTicks(-(now.UtcTicks % TimeSpan.TicksPerHour)), now);
        if (Now().IsMatch(text))
            return new TimeWindow(now.AddMinutes(-10), now);
        if (Range.Match(text) is { Success: true } range)
            return Between(range.Groups["first"].Value, range.Groups["second"].Value, now);
        if (One.Match(text) is not { Success: true } one || MomentText.Read(one.Groups["at"].Value, now, null, null) is not { } at)
            return null;

        return one.Groups["how"].Value.ToLowerInvariant() switch
        {
            "since" or "from" => new TimeWindow(at.From, now),
            "after" => new TimeWindow(at.To, now),
            "before" or "until" => new TimeWindow(at.From.AddHours(-1), at.From),
            _ => at.IsMoment ? new TimeWindow(at.From - EitherSide, at.To + EitherSide) : new TimeWindow(at.From, at.To),
        };
    }

    /// <summary>What one end leaves out (day, zone, half of the day) the other end says.</summary>
    private static TimeWindow? Between(string first, string second, DateTimeOffset now)
    {
        if (BareHour().IsMatch(first))
            first = BareHour().IsMatch(second) ? $"{first}:00" : first + Half().Match(second).Value;
        if (BareHour().IsMatch(first))
            first += ":00";
        if (BareHour().IsMatch(second))
            second = second + (Half().Match(first) is { Success: true } half ? half.Value : ":00");
        if (string.Equals(second, "now", StringComparison.OrdinalIgnoreCase))
            return MomentText.Read(first, now, null, null) is { } open ? new TimeWindow(open.From, now) : null;

        var (zone, day) = (ZoneText.Find(first) ?? ZoneText.Find(second), MomentText.Read(second, now, null, null)?.Day);
        if (MomentText.Read(first, now, day, zone) is not { } from)
            return null;

        var start = from.Day ?? day ?? DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(from.From, zone ?? TimeZoneInfo.Utc).DateTime);
        if (MomentText.Read(second, now, start, zone) is not { } to)
            return null;

        return new TimeWindow(from.From, to.To <= from.From && to.Day is null ? to.To.AddDays(1) : to.To);
    }

    private static TimeSpan Span(Match match)
    {
        var number = Spaces().Replace(match.Groups["count"].Value.ToLowerInvariant(), " ").Replace("a couple", "couple", StringComparison.Ordinal).Replace("a few", "few", StringComparison.Ordinal).Replace(" of", "", StringComparison.Ordinal) switch
        {
            "" or "a" or "an" or "one" => 1,
            "two" or "couple" => 2,
            "three" or "few" => 3,
            "four" => 4,
            "five" => 5,
            "six" => 6,
            "ten" => 10,
            "twelve" => 12,
            "half an" or "half a" or "half" => 0.5,
            var digits => double.Parse(digits, CultureInfo.InvariantCulture),
        };
        return Math.Min(number, 10_000) * char.ToLowerInvariant(match.Groups["unit"].Value[0]) switch
        {
            's' => TimeSpan.FromSeconds(1),
            'm' => TimeSpan.FromMinutes(1),
            'h' => TimeSpan.FromHours(1),
            'd' => TimeSpan.FromDays(1),
            _ => TimeSpan.FromDays(7),
        };
    }

    private const string Count = @"(?<count>\d{1,5}(?:\.\d)?|half an?|half|a couple(?:\s+of)?|couple(?:\s+of)?|a few|few|an?|one|two|three|four|five|six|ten|twelve)?";
    private const string Unit = @"(?<unit>seconds?|secs?|minutes?|mins?|m|hours?|hrs?|h|days?|d|weeks?|w)";
    private const string Lasts = $@"(?:the\s+)?(?:last|past|previous)\s+{Count}\s*{Unit}\b";
    private const string Agos = $@"{Count}\s*{Unit}\s+ago\b";
    private const string Separators = @"(?:\s+(?:to|until|till|and|-|–)\s+|\s*[-–]\s*)";
    private const string End = $@"(?:{MomentText.Pattern}|now\b)";
    private const string SameTime = @"(?:(?:at\s+)?(?:the\s+)?same (?:time|hour|day) (?:yesterday|last week)|(?:yesterday|last week)(?:\s+at)?\s+(?:the\s+)?same (?:time|hour|day))\b";

    [GeneratedRegex($@"^(?:in |for |over |during |within |since )?{Lasts}$", RegexOptions.IgnoreCase)]
    private static partial Regex Last();

    [GeneratedRegex($@"^(?:since |from |about |around )?{Agos}$", RegexOptions.IgnoreCase)]
    private static partial Regex Ago();

    [GeneratedRegex("^this hour$", RegexOptions.IgnoreCase)]
    private static partial Regex ThisHour();

    [GeneratedRegex("^(?:(?:right )?now|rn|atm|currently|at the moment)$", RegexOptions.IgnoreCase)]
    private static partial Regex Now();

    // Not generated: as C# it is megabytes, and the build waits for it.
    private static readonly Regex Range = new($@"^(?:from\s+|between\s+|since\s+)?(?<first>{MomentText.Pattern}|\d{{1,2}})(?:{Separators}|/)(?<second>{End}|\d{{1,2}})$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);

    // Not generated: as C# it is megabytes, and the build waits for it.
    private static readonly Regex One = new($@"^(?:(?<how>since|from|after|before|until|at|around|about|on|during|over|~)\s*)?(?<at>{MomentText.Pattern})$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);

    [GeneratedRegex(@"^\d{1,2}$")]
    private static partial Regex BareHour();

    [GeneratedRegex(@"[ap]m\b", RegexOptions.IgnoreCase)]
    private static partial Regex Half();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();

    // Not generated: as C# it is megabytes, and the build waits for it.
    private static readonly Regex Spoken = new($@"(?<![\w/.-])(?:{SameTime}|{EventTime.Pattern}|(?:from\s+|since\s+)?{MomentText.Pattern}{Separators}{End}|between\s+(?:{MomentText.Pattern}|\d{{1,2}})\s+(?:and|to)\s+(?:{End}|\d{{1,2}}\b)|from\s+\d{{1,2}}\s+to\s+\d{{1,2}}\s?[ap]m\b|{Lasts}|(?:since\s+)?{Agos}|(?:since|from|after|before|until|at|around|about|on|during)\s+{MomentText.Pattern}|~\s?{MomentText.Pattern}|{MomentText.Pattern}|this hour\b|right now\b|now\b|rn\b|atm\b|currently\b|at the moment\b)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);
}
