using System.Globalization;
using System.Text.RegularExpressions;

namespace SreBot.Model;

/// <summary>Times as ClickHouse, pandas and ISO 8601 write them: <c>2023-08-01 00:00:00.000000000</c>, <c>2023-08-01T00:00:00Z</c>, <c>2023-08-01</c>.</summary>
internal static partial class UtcTime
{
    public const string Example = "2023-08-01 13:00:00";

    /// <summary>UTC unless an offset is named; digits past the seventh of a second are cut off.</summary>
    public static bool TryParse(string text, out DateTimeOffset at)
    {
        at = default;
        return Pattern().Match(text.Trim()) is { Success: true } match
            && DateTimeOffset.TryParse(
                $"{match.Groups["time"].Value}{match.Groups["fraction"].Value}{match.Groups["zone"].Value.Replace("UTC", "Z", StringComparison.OrdinalIgnoreCase)}",
                CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out at);
    }

    [GeneratedRegex(@"^(?<time>\d{4}-\d\d-\d\d([T ]\d\d:\d\d(:\d\d)?)?)((?<=:\d\d:\d\d)(?<fraction>\.\d{1,7})\d{0,2})? ?(?<zone>Z|UTC|[+-]\d\d:\d\d)?$", RegexOptions.IgnoreCase)]
    private static partial Regex Pattern();
}
