using System.Text.RegularExpressions;

namespace SreBot.Evidence;

/// <summary>A zone as people name it: <c>CET</c>, <c>+02:00</c>, <c>UTC-5</c>, <c>Europe/Berlin</c>. An abbreviation that several zones share has one fixed
/// meaning, which the answer says.</summary>
internal static partial class ZoneText
{
    /// <summary>Stands behind a time of day. A bare minus is a zone behind an ISO time alone: <c>14:00-15:00</c> is a range.</summary>
    public const string Pattern = @"(?:(?:UTC|GMT)(?:\s?[+-]\d{1,2}(?::?[0-5]\d)?)?\b|Z\b|\+\d{1,2}(?::?[0-5]\d)?\b|(?<=T\d\d:\d\d(?::\d\d(?:\.\d+)?)?)-\d\d:\d\d\b|(?:Africa|America|Antarctica|Asia|Atlantic|Australia|Europe|Indian|Pacific|Etc)/[A-Za-z_/+-]+|(?:CEST|CET|WEST|WET|EEST|EET|MSK|BST|IST|SGT|HKT|JST|KST|AWST|ACST|AEST|AEDT|NZST|NZDT|EST|EDT|ET|CST|CDT|CT|MST|MDT|MT|PST|PDT|PT|AKST|HST|BRT)\b)";

    private static readonly (string Name, string Meaning, double Hours)[] Fixed =
    [
        ("CET", "Central European Time", 1), ("CEST", "Central European Summer Time", 2), ("WET", "Western European Time", 0), ("WEST", "Western European Summer Time", 1),
        ("EET", "Eastern European Time", 2), ("EEST", "Eastern European Summer Time", 3), ("MSK", "Moscow Time", 3), ("BST", "British Summer Time", 1), ("IST", "India Standard Time", 5.5),
        ("SGT", "Singapore Time", 8), ("HKT", "Hong Kong Time", 8), ("JST", "Japan Standard Time", 9), ("KST", "Korea Standard Time", 9), ("AWST", "Australian Western Standard Time", 8),
        ("ACST", "Australian Central Standard Time", 9.5), ("AEST", "Australian Eastern Standard Time", 10), ("AEDT", "Australian Eastern Daylight Time", 11),
        ("NZST", "New Zealand Standard Time", 12), ("NZDT", "New Zealand Daylight Time", 13), ("EST", "US Eastern Standard Time", -5), ("EDT", "US Eastern Daylight Time", -4),
        ("CST", "US Central Standard Time", -6), ("CDT", "US Central Daylight Time", -5), ("MST", "US Mountain Standard Time", -7), ("MDT", "US Mountain Daylight Time", -6),
        ("PST", "US Pacific Standard Time", -8), ("PDT", "US Pacific Daylight Time", -7), ("AKST", "Alaska Standard Time", -9), ("HST", "Hawaii Standard Time", -10), ("BRT", "Brasilia Time", -3),
    ];

    /// <summary>Those that say no season.</summary>
    private static readonly (string Name, string Id)[] Local = [("ET", "America/New_York"), ("CT", "America/Chicago"), ("MT", "America/Denver"), ("PT", "America/Los_Angeles")];

    /// <summary>Null: none is named, or there is none of that name.</summary>
    public static TimeZoneInfo? Find(string text)
    {
        if (Named().Match(text) is not { Success: true } match)
            return null;

        var name = match.Groups["zone"].Value;
        if (Offset().Match(name) is { Success: true } offset)
            return Custom(name, offset);

        return Fixed.FirstOrDefault(known => Is(known.Name, name)) is { Name: not null } zone ? Custom(zone.Name, zone.Hours)
            : TimeZoneInfo.TryFindSystemTimeZoneById(Local.FirstOrDefault(known => Is(known.Name, name)).Id ?? name, out var found) ? found : null;
    }

    /// <summary>How the zone in a text was read: <c>CST is read as US Central Standard Time, UTC-06:00; times are shown in UTC</c>. Null when it names none, or UTC.</summary>
    public static string? Note(string text)
    {
        if (Find(text) is not { } zone || zone.Id == "UTC")
            return null;

        var name = Named().Match(text).Groups["zone"].Value;
        var meaning = Fixed.FirstOrDefault(known => Is(known.Name, name)) is { Name: not null } known ? $" is read as {known.Meaning}, UTC{Signed(zone.BaseUtcOffset)}"
            : Local.Any(local => Is(local.Name, name)) ? $" is read as {zone.Id}" : " is the zone named";
        return $"{name}{meaning}; times are shown in UTC";
    }

    private static TimeZoneInfo? Custom(string name, Match offset)
    {
        if (!offset.Groups["hours"].Success)
            return TimeZoneInfo.Utc;

        var minutes = offset.Groups["minutes"].Success ? int.Parse(offset.Groups["minutes"].Value) : 0;
        var hours = int.Parse(offset.Groups["hours"].Value) + (minutes / 60.0);
        return hours > 14 ? null : Custom(name, offset.Groups["sign"].Value == "-" ? -hours : hours);
    }

    private static TimeZoneInfo Custom(string name, double hours) =>
        hours == 0 ? TimeZoneInfo.Utc : TimeZoneInfo.CreateCustomTimeZone(name, TimeSpan.FromMinutes(Math.Round(hours * 60)), name, name);

    private static string Signed(TimeSpan offset) => $"{(offset < TimeSpan.Zero ? '-' : '+')}{offset:hh\\:mm}";

    private static bool Is(string known, string name) => string.Equals(known, name, StringComparison.OrdinalIgnoreCase);

    [GeneratedRegex($@"(?<=\d|[ap]m|noon|midnight|midday)\s?(?<zone>{Pattern})", RegexOptions.IgnoreCase)]
    private static partial Regex Named();

    [GeneratedRegex(@"^(?:UTC|GMT|Z)?\s?(?:(?<sign>[+-])(?<hours>\d{1,2})(?::?(?<minutes>[0-5]\d))?)?$", RegexOptions.IgnoreCase)]
    private static partial Regex Offset();
}
