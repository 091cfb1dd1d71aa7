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
        var at = words.Position;
        if (words.IsAtEnd || Find(words.All[at].Text) is not var (number, suffix))
            throw words.ExpectedForm(what, words.IsAtEnd || Digits(words.All[at].Text) is not { } digits ? [] : [Text(digits, unit)]);

        if (suffix.Length > 0 && Factor(suffix, unit) is null)
            throw words.ExpectedForm(what, Text(number.ToString("R", CultureInfo.InvariantCulture), unit));

        words.Take(what);
        if (suffix.Length == 0 && Factor(words.Peek, unit) is not null)
            suffix = words.Take(what);
        else if (suffix.Length == 0)
            words.Say(at, Text(words.All[at].Text, unit));
        return suffix.Length == 0 ? number : number * (Factor(suffix, unit) ?? 1);
    }

    /// <summary>Exact, so that it is read back as the same number.</summary>
    public static string Text(double number, string unit) => Text(number.ToString("R", CultureInfo.InvariantCulture), unit);

    /// <summary>The digits in a damaged number; null when there are none.</summary>
    public static string? Digits(string word) => DigitPattern().Match(word) is { Success: true } match ? match.Value : null;

    /// <summary>Whether the word begins like a number.</summary>
    public static bool Is(string word) => Find(word) is not null;

    private static string Text(string number, string unit) => unit is "%" or "x" ? number + unit : $"{number} {unit}";

    private static (double Number, string Suffix)? Find(string word) =>
        NumberPattern().Match(word) is { Success: true } match && double.TryParse(match.Groups["number"].Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            ? (number, match.Groups["currency"].Success ? "$" : match.Groups["unit"].Value)
            : null;

    private static double? Factor(string suffix, string unit) => (unit, suffix.ToLowerInvariant()) switch
    {
        ("ms", "s" or "sec" or "seconds") => 1000,
        ("ms", "milliseconds") => 1,
        ("%", "percent") => 1,
        ("USD" or "USD/s", "$" or "usd") => 1,
        ("USD/s", "$/s") => 1,
        ("requests", "request") => 1,
        ("requests/s", "/s" or "requests" or "rps") => 1,
        ("x", "times") => 1,
        (_, var same) when string.Equals(same, unit, StringComparison.OrdinalIgnoreCase) => 1,
        _ => null,
    };

    [GeneratedRegex(@"^(?<currency>\$)?(?<number>[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d{1,3})?)(?<unit>[^\d.].*)?$", RegexOptions.IgnoreCase)]
    private static partial Regex NumberPattern();

    [GeneratedRegex(@"[0-9]+(?:\.[0-9]+)?")]
    private static partial Regex DigitPattern();
}
