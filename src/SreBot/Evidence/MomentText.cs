using System.Text.RegularExpressions;

namespace SreBot.Evidence;

/// <summary>Reads moments, days and parts of days as people write them: <c>14:10</c>, <c>2pm Europe/Berlin</c>, <c>yesterday 3pm ET</c>, <c>last Tuesday</c>, <c>Mar 1 10:00</c>, <c>last night</c>.</summary>
internal static partial class MomentText
{
    private const string Months = "jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?";
    private const string Days = @"today\b|yesterday\b|(?:the\s+)?day before yesterday\b|(?:(?:last|this|past|previous)\s+)?(?:mon|tues|wednes|thurs|fri|satur|sun)day\b|(?:last|this)\s+(?:mon|tue|wed|thu|fri|sat|sun)\b";
    private const string Dates = $@"\d{{4}}-\d\d-\d\d(?!\d)|\d{{1,2}}(?:st|nd|rd|th)?\s+(?:of\s+)?(?:{Months})\b(?:,?\s+\d{{4}}\b(?!-))?|(?:{Months})\.?\s+\d{{1,2}}(?:st|nd|rd|th)?\b(?!:)(?:,?\s+\d{{4}}\b(?!-))?";
    private const string Clocks = @"\d{1,2}:[0-5]\d(?::[0-5]\d(?:\.\d{1,7})?)?(?:\s?[ap]m\b)?|\d{1,2}\s?[ap]m\b|noon\b|midday\b|midnight\b";
    private const string Parts = @"(?:early\s+)?(?:morning|afternoon|evening|night)\b";

    /// <summary>All that <see cref="Read"/> reads; to stand in a longer pattern.</summary>
    public const string Pattern = $@"(?:(?:{Days}|{Dates})(?:(?:T|\s*,?\s+(?:at\s+)?)(?:{Clocks})(?:\s?{ZoneText.Pattern})?|\s+{Parts})?|(?:{Clocks})(?:\s?{ZoneText.Pattern})?(?:\s+(?:on\s+)?(?:{Days}|{Dates}))?|(?:this|last)\s+{Parts}|overnight\b|tonight\b|(?:this|last|the|over the)\s+weekend\b|(?:this|last)\s+(?:week|month)\b)";

    /// <summary>Null when it is none, or there is no such day or zone.</summary>
    /// <param name="day">Of a time of day that names no day itself; null: the last time that it was.</param>
    /// <param name="zone">Where none is named.</param>
    public static Moment? Read(string text, DateTimeOffset now, DateOnly? day, TimeZoneInfo? zone)
    {
        text = text.Trim();
        if (!Whole.IsMatch(text))
            return null;

        var named = ZoneText.Find(text);
        if (named is null && Zoned().IsMatch(text))
            return null;

        var place = named ?? zone ?? TimeZoneInfo.Utc;
        var local = TimeZoneInfo.ConvertTime(now, place);
        var today = DateOnly.FromDateTime(local.DateTime);
        var date = DayText.Read(text, today);
        if (Clock().Match(text) is { Success: true } clock)
            return Time(clock) is not { } time || (date is null && Dated().IsMatch(text)) ? null : At(date, time);

        if (date is null && Dated().IsMatch(text))
            return null;

        return DayText.Stretch(text, date, today) is var (first, length) ? new Moment(In(first, place), In(first + length, place), date, named) : null;

        Moment At(DateOnly? on, TimeOnly time)
        {
            var at = In((on ?? day ?? today).ToDateTime(time), place);
            at = on is null && day is null && at >= now ? In(today.AddDays(-1).ToDateTime(time), place) : at;
            at = on is not null && at > now && Weekday().IsMatch(text) ? In(on.Value.AddDays(-7).ToDateTime(time), place) : at;
            return new Moment(at, at, on, named);
        }
    }

    private static DateTimeOffset In(DateTime local, TimeZoneInfo zone) => new DateTimeOffset(local, zone.GetUtcOffset(local)).ToUniversalTime();

    private static TimeOnly? Time(Match clock)
    {
        if (clock.Groups["word"].Success)
            return clock.Groups["word"].Value.Equals("midnight", StringComparison.OrdinalIgnoreCase) ? TimeOnly.MinValue : new TimeOnly(12, 0);

        var hour = int.Parse(clock.Groups["hour"].Value);
        var half = clock.Groups["half"].Value.ToLowerInvariant();
        if (half.Length > 0 ? hour is < 1 or > 12 : hour > 23)
            return null;

        hour = half switch { "am" => hour % 12, "pm" => (hour % 12) + 12, _ => hour };
        var second = clock.Groups["second"].Success ? double.Parse(clock.Groups["second"].Value) : 0;
        return new TimeOnly(hour, clock.Groups["minute"].Success ? int.Parse(clock.Groups["minute"].Value) : 0).Add(TimeSpan.FromSeconds(second));
    }

    // Not generated: as C# it is a megabyte, and the build waits for it.
    private static readonly Regex Whole = new($"^{Pattern}$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);

    [GeneratedRegex(@"(?<![\d-])(?:(?<hour>\d{1,2}):(?<minute>[0-5]\d)(?::(?<second>[0-5]\d(?:\.\d{1,7})?))?(?:\s?(?<half>[ap]m)\b)?|(?<hour>\d{1,2})\s?(?<half>[ap]m)\b|\b(?<word>noon|midday|midnight)\b)", RegexOptions.IgnoreCase)]
    private static partial Regex Clock();

    [GeneratedRegex($@"(?:{Clocks})\s?{ZoneText.Pattern}", RegexOptions.IgnoreCase)]
    private static partial Regex Zoned();

    [GeneratedRegex($"{Days}|{Dates}", RegexOptions.IgnoreCase)]
    private static partial Regex Dated();

    [GeneratedRegex(@"\b(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\b", RegexOptions.IgnoreCase)]
    private static partial Regex Weekday();
}
