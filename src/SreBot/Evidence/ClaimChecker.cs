using System.Globalization;
using System.Text.RegularExpressions;
using SreBot.Model;

namespace SreBot.Evidence;

/// <summary>Holds prose that code did not write against what was recorded: a sentence with a number (in figures or in words), a time or a name
/// that is in no step's result and no tool's figures is struck.</summary>
internal sealed partial class ClaimChecker
{
    private readonly HashSet<string> names = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<double> numbers = [];
    private readonly string texts;

    /// <param name="figures">What the tools showed, as text: blocks and facts.</param>
    public ClaimChecker(IEnumerable<RecordedStep> steps, IEnumerable<string> figures)
    {
        var all = new List<string>(figures);
        foreach (var cell in steps.SelectMany(step => step.Table.Rows).SelectMany(row => row))
        {
            if (cell is string text)
                all.Add(text);
            else if (cell is DateTimeOffset at)
                all.Add(Figures.Time(at));
            else if (cell is not null and not bool)
                numbers.Add(Convert.ToDouble(cell, CultureInfo.InvariantCulture));
        }

        texts = string.Join('\n', all);
        foreach (var token in Tokens(texts))
        {
            if (Number(token) is { } number)
                numbers.Add(number);
            names.Add(token);
        }

        numbers.Sort();
    }

    /// <summary>The sentences that hold, in their lines; empty when none does.</summary>
    public string Check(string prose)
    {
        var lines = prose.ReplaceLineEndings("\n").Split('\n').Select(line => string.Concat(SentenceEnd().Split(line).Where(Holds))).ToList();
        return string.Join('\n', lines.Where(line => line.Any(char.IsLetterOrDigit))).Trim();
    }

    /// <summary>Every number, time and name in it is known, and it has no link and calls nobody.</summary>
    public bool Holds(string sentence)
    {
        var plain = ListMark().Replace(sentence, "");
        if (Call().IsMatch(plain) || Clock().Matches(plain).Any(time => !texts.Contains(time.Value, StringComparison.Ordinal)))
            return false;

        if (!NumberWords.In(Quoted().Replace(plain, "")).All(ranges => ranges.Any(range => IsBetween(range.From, range.To))))
            return false;

        return Tokens(Clock().Replace(plain, " ")).All(token => names.Contains(token) || !token.Any(char.IsDigit) ? IsKnownWord(token) : Number(token) is { } number && IsKnown(number, Decimals(token)))
            && Quoted().Matches(plain).All(quote => texts.Contains(quote.Groups["text"].Value, StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>A word without digits makes no claim that can be held against a figure, unless it is a path.</summary>
    private bool IsKnownWord(string token) => names.Contains(token) || !token.Contains('/', StringComparison.Ordinal) || token.Split('/').All(part => part.Length > 0 && part.All(char.IsLetter));

    private bool IsKnown(double number, int decimals)
    {
        var half = (0.5 * Math.Pow(10, -decimals)) + 1e-9;
        return IsBetween(number - half, number + half);
    }

    private bool IsBetween(double from, double to)
    {
        var index = numbers.BinarySearch(from);
        index = index < 0 ? ~index : index;
        return index < numbers.Count && numbers[index] <= to;
    }

    private static int Decimals(string token) => Numeral().Match(token).Groups["decimals"].Length;

    private static double? Number(string token) =>
        Numeral().Match(token) is { Success: true } match && double.TryParse(match.Groups["number"].Value.Replace(",", "", StringComparison.Ordinal), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static IEnumerable<string> Tokens(string text) => Token().Matches(text).Select(match => match.Value.TrimEnd('.', ',', ':', '-', '/', '_'));

    /// <summary>Words with what belongs to them: <c>Server_9</c>, <c>eu-west-1</c>, <c>12.4</c>, <c>1,204</c>, <c>/pay</c>, <c>-3</c>.</summary>
    [GeneratedRegex(@"(?<![\w.])[-+]?[\p{L}\p{N}/][\p{L}\p{N}_./,:-]*%?")]
    private static partial Regex Token();

    /// <summary>A number, perhaps with its unit: <c>12.4ms</c>, <c>3%</c>, <c>2x</c>.</summary>
    [GeneratedRegex(@"^(?<number>[-+]?\d[\d,]*(?:\.(?<decimals>\d+))?)(?:%|ms|s|m|h|x|min)?$", RegexOptions.IgnoreCase)]
    private static partial Regex Numeral();

    [GeneratedRegex(@"\b\d{4}-\d\d-\d\d\b|\b\d{1,2}:\d\d\b")]
    private static partial Regex Clock();

    [GeneratedRegex(@"(?<=[.!?])(?=\s+\p{L})(?<!\b(?:e\.g|i\.e|vs)\.|^\s*\d{1,2}\.)")]
    private static partial Regex SentenceEnd();

    [GeneratedRegex(@"^\s*(?:\d{1,2}[.)]|[-*•#]+)\s+")]
    private static partial Regex ListMark();

    [GeneratedRegex(@"<[!@#]|@\w|https?:|\]\(|www\.", RegexOptions.IgnoreCase)]
    private static partial Regex Call();

    [GeneratedRegex("`(?<text>[^`]+)`")]
    private static partial Regex Quoted();
}
