using System.Globalization;
using System.Text.RegularExpressions;

namespace SreBot.Planning;

/// <summary>Reads what a person wants to be told of: <c>tell me if errors exceed 5%</c>, <c>alert me when p95 of Project_1 is over 200 ms for 10 minutes</c>.</summary>
internal static partial class WishWords
{
    private static readonly string[] Watched = ["latency", "error_rate", "requests", "cost", "cpu", "memory"];

    /// <summary>The arguments of a new rule; null when no metric or no threshold is said.</summary>
    public static IReadOnlyList<(string Name, object? Value)>? Wish(QuestionWords words)
    {
        if (words.Metric is not { } metric || !Watched.Contains(metric) || Limit().Match(words.Text) is not { Success: true } limit)
            return null;

        var number = double.Parse(limit.Groups["number"].Value, CultureInfo.InvariantCulture);
        var unit = limit.Groups["unit"].Value.ToLowerInvariant();
        return
        [
            ("metric", metric), ("aggregate", words.Aggregate ?? (metric == "requests" && unit is "rps" ? "rate" : null)),
            ("threshold", metric == "latency" && unit.StartsWith('s') ? number * 1000 : number), ("comparator", Comparator(limit.Groups["how"].Value.ToLowerInvariant())),
            ("windowMinutes", Minutes(Window().Match(words.Text))), ("forMinutes", Minutes(Lasting().Match(words.Text))),
            ("projects", Some(words.Terms.Where(term => term.Dimension == "project_id").Select(term => term.Value))),
            ("where", Some(words.Terms.Where(term => term.Dimension is not ("project_id" or "")).Select(term => $"{term.Dimension} = {term.Value}"))),
            ("groupBy", Each().Match(words.Text) is { Success: true } each ? new[] { Evidence.FilterText.Dimension(each.Groups["kind"].Value) } : null),
        ];
    }

    private static string Comparator(string how) => how switch
    {
        _ when how.StartsWith('<') || how.StartsWith('≤') => how is "<" ? "<" : "<=",
        _ when how.StartsWith('>') || how.StartsWith('≥') => how is ">" ? ">" : ">=",
        "at most" => "<=",
        "at least" or "reach" or "reaches" or "hit" or "hits" => ">=",
        _ => Falling().IsMatch(how) ? "<" : ">",
    };

    private static string[]? Some(IEnumerable<string> names) => names.ToArray() is { Length: > 0 } some ? some : null;

    private static int? Minutes(Match match) => !match.Success ? null : int.Parse(match.Groups["count"].Value) * (char.ToLowerInvariant(match.Groups["unit"].Value[0]) switch { 'h' => 60, 'd' => 1440, _ => 1 });

    private const string Length = @"(?<count>\d{1,4})\s*(?<unit>m(?:in(?:ute)?s?)?|h(?:ours?|rs?)?|d(?:ays?)?)\b";

    [GeneratedRegex($@"(?<how>over|above|exceeds?|(?:greater|more|higher|larger|slower) than|beyond|past|at least|reach(?:es)?|hits?|below|under|(?:less|fewer|lower|smaller|faster) than|at most|>=|<=|>|<|≥|≤)\s*\$?(?<number>\d+(?:\.\d+)?)(?!\d|\.\d|\s*(?:m|min|mins|minutes?|h|hrs?|hours?|d|days?)\b)\s*(?<unit>ms|milliseconds?|s(?:ec(?:ond)?s?)?\b|%|percent|usd|dollars?|rps|requests?)?", RegexOptions.IgnoreCase)]
    private static partial Regex Limit();

    [GeneratedRegex($@"\b(?:over|within|in|during|averaged over)\s+(?:the\s+)?(?:last\s+|past\s+)?{Length}", RegexOptions.IgnoreCase)]
    private static partial Regex Window();

    [GeneratedRegex($@"\bfor\s+(?:at least\s+|more than\s+|over\s+)?{Length}", RegexOptions.IgnoreCase)]
    private static partial Regex Lasting();

    [GeneratedRegex(@"\b(?:for each|for every|per|by|each|any|every)\s+(?<kind>server|service|endpoint|region|platform|project|version)s?\b(?![-_ ]?\d)", RegexOptions.IgnoreCase)]
    private static partial Regex Each();

    [GeneratedRegex("^(?:below|under|less|fewer|lower|smaller|faster)")]
    private static partial Regex Falling();
}
