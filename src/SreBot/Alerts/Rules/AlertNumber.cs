using System.Globalization;
using System.Text.RegularExpressions;

namespace SreBot.Alerts.Rules;

/// <summary>A threshold with its unit, such as <c>20 ms</c>, <c>1.5s</c>, <c>5%</c>, <c>$3</c>, turned into the metric's own.</summary>
internal static partial class AlertNumber
{
    /// <param name="unit">What the metric is measured in.</param>
    public static double Take(AlertWords words, string unit)
    {
        var what = $"a number in {unit}";
        var (number, suffix) = words.Take(what, Find);
        if (suffix.Length == 0 && Factor(words.Peek, unit) is not null)
        {
            suffix = words.Take(what);
        }

        return suffix.Length == 0 ? number : number * (Factor(suffix.ToLowerInvariant(), unit) ?? throw words.Expected($"{what} (before this word stands one in '{suffix}')"));
    }

    private static (double Number, string Suffix)? Find(string word) =>
        NumberPattern().Match(word) is { Success: true } match && double.TryParse(match.Groups["number"].Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            ? (number, match.Groups["currency"].Success ? "$" : match.Groups["unit"].Value)
            : null;

    private static double? Factor(string suffix, string unit) => (unit, suffix) switch
    {
        ("ms", "ms") => 1,
        ("ms", "s") => 1000,
        ("%", "%" or "percent") => 1,
        ("USD" or "USD/s", "$" or "usd") => 1,
        ("USD/s", "usd/s" or "$/s") => 1,
        ("requests", "requests" or "request") => 1,
        ("requests/s", "requests/s" or "/s") => 1,
        _ => null,
    };

    [GeneratedRegex(@"^(?<currency>\$)?(?<number>[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d{1,3})?)(?<unit>[^\d.].*)?$", RegexOptions.IgnoreCase)]
    private static partial Regex NumberPattern();
}
