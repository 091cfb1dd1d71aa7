using System.Text.RegularExpressions;

namespace SreBot.Evidence;

/// <summary>Numbers that a sentence says in words: <c>three servers</c>, <c>twenty-five</c>, <c>a dozen</c>, <c>doubled</c>, <c>hundreds</c>. Not <c>one</c>, <c>second</c>
/// and <c>a couple</c>, which mostly count nothing.</summary>
internal static partial class NumberWords
{
    private const string Small = "zero|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety";
    private const string Scales = "dozen|hundred|thousand|million|billion";

    private static readonly string[] Units = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"];
    private static readonly string[] Tens = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];

    /// <summary>For each, the ranges of values of which one must be known.</summary>
    public static IEnumerable<IReadOnlyList<(double From, double To)>> In(string sentence)
    {
        foreach (Match match in Said().Matches(sentence))
        {
            yield return match switch
            {
                _ when match.Groups["multiple"].Success => [Near(Multiple(match.Groups["multiple"].Value.ToLowerInvariant()), 0.15)],
                _ when match.Groups["part"].Success => Part(match.Groups["part"].Value.ToLowerInvariant()),
                _ when match.Groups["many"].Success => [Many(match.Groups["many"].Value.ToLowerInvariant())],
                _ => [Near(Cardinal(match.Value.ToLowerInvariant()), 0)],
            };
        }
    }

    private static double Multiple(string word) => word[0] switch
    {
        'q' => 4,
        'h' => 0.5,
        't' when word.StartsWith("ten", StringComparison.Ordinal) => 10,
        't' when word.StartsWith("tw", StringComparison.Ordinal) => 2,
        't' => 3,
        'f' when word.StartsWith("five", StringComparison.Ordinal) => 5,
        'f' => 4,
        _ => 2,
    };

    /// <summary>As a fraction, and as percent.</summary>
    private static (double, double)[] Part(string word)
    {
        var part = word switch { _ when word.StartsWith("two", StringComparison.Ordinal) => 2.0 / 3, _ when word.Contains("third", StringComparison.Ordinal) => 1.0 / 3, _ when word.StartsWith("three", StringComparison.Ordinal) => 0.75, _ when word.Contains("quarter", StringComparison.Ordinal) => 0.25, _ => 0.5 };
        return [Near(part, 0.05), Near(100 * part, 0.05), .. word.Contains("hour", StringComparison.Ordinal) ? new[] { Near(60 * part, 0) } : []];
    }

    private static (double, double) Many(string word) => word switch { "dozens" => (24, 100), "hundreds" => (100, 1000), "thousands" => (1000, 1_000_000), _ => (1_000_000, double.MaxValue) };

    private static double Cardinal(string words)
    {
        var (total, current) = (0.0, 0.0);
        foreach (var word in words.Split([' ', '-'], StringSplitOptions.RemoveEmptyEntries))
        {
            var scale = word switch { "dozen" => 12, "hundred" => 100, "thousand" => 1000, "million" => 1_000_000, "billion" => 1_000_000_000, _ => 0 };
            if (scale >= 1000)
                (total, current) = (total + (Math.Max(current, 1) * scale), 0);
            else if (scale > 0)
                current = Math.Max(current, 1) * scale;
            else if (Array.IndexOf(Units, word) is >= 0 and var unit)
                current += unit;
            else if (Array.IndexOf(Tens, word) is >= 0 and var ten)
                current += 10 * (ten + 2);
        }

        return total + current;
    }

    /// <param name="part">How far off a rounded word may be; from ten on whole numbers are rounded anyway.</param>
    private static (double, double) Near(double value, double part) => Math.Max(part * value, value >= 10 ? 0.5 : 1e-9) is var off ? (value - off, value + off) : default;

    [GeneratedRegex($@"(?<![\w-])(?:(?<multiple>twice|thrice|doubl(?:e|ed|es|ing)(?![- ]?check)|tripl(?:e|ed|es|ing)|quadrupl(?:e|ed|es|ing)|halv(?:ed|es|ing)|(?:two|three|four|five|ten)-?fold)|(?<part>half (?:an hour|of|the)|(?:a|one) (?:third|quarter) of(?: an hour)?|two[- ]thirds|three[- ]quarters)|(?<many>dozens|hundreds|thousands|millions)|(?:(?:one|an?)\s+(?:{Scales})|{Small})(?:(?:[\s-]+and)?[\s-]+(?:{Small}|one|{Scales}))*)(?![\w-])", RegexOptions.IgnoreCase)]
    private static partial Regex Said();
}
