using System.Globalization;
using System.Text.RegularExpressions;
using SreBot.Model;

namespace SreBot.Incidents;

/// <summary>How long a snooze lasts, as people write it: <c>30m</c>, <c>2h</c>, <c>1 day</c>; nothing, or <c>until resolved</c>, for as long as the incident.</summary>
internal static partial class SnoozeTime
{
    /// <returns>Null: until the incident is resolved.</returns>
    /// <exception cref="SreException">Invalid, with examples.</exception>
    public static TimeSpan? Parse(string? text)
    {
        if (string.IsNullOrWhiteSpace(text) || EndlessPattern().IsMatch(text.Trim()))
        {
            return null;
        }

        var match = LengthPattern().Match(text.Trim());
        if (!match.Success)
        {
            throw new SreException(SreErrorKind.Invalid, $"'{(text.Length <= 60 ? text : text[..60] + "…")}' is no time to snooze; write for example 30m, 2h, 1d or 'until resolved'.");
        }

        var count = double.Parse(match.Groups["count"].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture);
        return match.Groups["unit"].Value.ToLowerInvariant()[0] switch
        {
            'm' => TimeSpan.FromMinutes(count),
            'h' => TimeSpan.FromHours(count),
            'd' => TimeSpan.FromDays(count),
            _ => TimeSpan.FromDays(7 * count),
        };
    }

    [GeneratedRegex(@"^(for\s+)?(?<count>\d{1,6})\s*(?<unit>m|min|minutes?|h|hours?|d|days?|w|weeks?)$", RegexOptions.IgnoreCase)]
    private static partial Regex LengthPattern();

    [GeneratedRegex(@"^(until\s+)?(it\s+is\s+)?resolved$", RegexOptions.IgnoreCase)]
    private static partial Regex EndlessPattern();
}
