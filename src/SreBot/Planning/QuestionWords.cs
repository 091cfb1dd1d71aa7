using System.Text.RegularExpressions;
using SreBot.Evidence;
using SreBot.Model;

namespace SreBot.Planning;

/// <summary>What a question names: incident, entities, metric, times. Each is read once, from the text without the times, so that <c>since v42</c> is no version.</summary>
internal sealed partial record QuestionWords
{
    public QuestionWords(string question)
    {
        Text = Clean(question);
        Times = [.. TimeText.Mentions(Text).Where(time => !KindOfDay().IsMatch(Text[..Text.LastIndexOf(time, StringComparison.Ordinal)]))];
        Rest = Times.Aggregate(Text, (rest, time) => rest.Remove(rest.LastIndexOf(time, StringComparison.Ordinal), time.Length));
        Incident = IncidentWord().Match(Rest) is { Success: true } match ? $"INC-{match.Groups["id"].Value}" : null;
        Metric = MetricWords.Metric(Rest);
        Aggregate = MetricWords.Aggregate(Rest, Metric);
        Kind = EntityWords.Kind(Rest);
        Terms = [.. EntityWords.Typed(Rest), .. EntityWords.Bare(EntityWords.Typed(Rest).Aggregate(Rest, (rest, term) => rest.Replace(term.Value, "#", StringComparison.OrdinalIgnoreCase))).Select(name => new DimensionCondition(FilterText.AnyDimension, name))];
        Count = CountWord().Match(Rest) is { Success: true } count && int.TryParse(count.Groups["count"].Value, out var number) ? number : null;
        Length = WordPattern().Count(Text);
    }

    /// <summary>Without greetings and calls, and with common words as they should be written.</summary>
    public string Text { get; }

    /// <summary>The text without its times.</summary>
    public string Rest { get; }

    /// <summary>In order.</summary>
    public IReadOnlyList<string> Times { get; }
    public string? Incident { get; }

    /// <summary>Conditions, those on a named dimension first, then bare names.</summary>
    public IReadOnlyList<DimensionCondition> Terms { get; }
    public string? Metric { get; }
    public string? Aggregate { get; }

    /// <summary>The dimension that is to be ranked.</summary>
    public string? Kind { get; }
    public int? Count { get; }

    /// <summary>How many words it has.</summary>
    public int Length { get; }

    /// <summary>The time that is asked about; null when none is.</summary>
    public string? Window => Times.LastOrDefault(time => !IsPast(time));

    /// <summary>The time that it is held against: <c>yesterday</c> in <c>than yesterday</c>.</summary>
    public string? Past => Times.FirstOrDefault(IsPast) ?? (Times.Count > 1 ? Times[^1] : null);

    /// <summary>The same dimension twice or more, with its values.</summary>
    public IGrouping<string, string>? Several => Terms.Where(term => term.Dimension != FilterText.AnyDimension).GroupBy(term => term.Dimension, term => term.Value).FirstOrDefault(group => group.Count() > 1);

    private bool IsPast(string time) => Held().IsMatch(Text[..Text.LastIndexOf(time, StringComparison.Ordinal)]);

    private static string Clean(string question)
    {
        var text = Calls().Replace(question.Replace('’', '\'').Replace("“", "\"", StringComparison.Ordinal).Replace("”", "\"", StringComparison.Ordinal).Replace("`", "", StringComparison.Ordinal), " ").Trim();
        for (var before = ""; before != text;)
        {
            (before, text) = (text, Greeting().Replace(text, "").Trim());
        }

        return Letters().Replace(text, word => PlainWords.Mend(word.Value));
    }

    [GeneratedRegex(@"\b(?:INC|incident)[-_ ]?#?(?<id>\d{1,18})\b", RegexOptions.IgnoreCase)]
    private static partial Regex IncidentWord();

    [GeneratedRegex(@"\b(?:top|first|worst|best|slowest|busiest|hottest)\s+(?<count>\d{1,2})\b(?!\s*(?:h|m|d|min|hour|day|minute)s?\b)|\b(?<count>\d{1,2})\s+(?:most\s+\w+|slowest|fastest|worst|best|busiest|hottest|biggest|largest|highest|lowest)\b", RegexOptions.IgnoreCase)]
    private static partial Regex CountWord();

    [GeneratedRegex(@"<[@!#][^>]*>|(?<!\S)@[\w-]+", RegexOptions.IgnoreCase)]
    private static partial Regex Calls();

    [GeneratedRegex(@"^\W*(?:(?:hey|hi|hello|yo|morning|ok|okay|so|fyi|btw|quick question|question|please|pls|team|all|folks|everyone|guys|sre-?bot|um+|hmm+)\b[\s,:.!-]+(?=\S)|(?:can|could|would) (?:you|someone|anyone|we)(?: please| pls)?\s+)", RegexOptions.IgnoreCase)]
    private static partial Regex Greeting();

    [GeneratedRegex(@"(?<![\w/.-])[A-Za-z]+(?![\w/-])")]
    private static partial Regex Letters();

    [GeneratedRegex(@"[\w/#][\w/.'-]*")]
    private static partial Regex WordPattern();

    /// <summary>Usual for a Sunday: any Sunday.</summary>
    [GeneratedRegex(@"\bfor an?\s+$", RegexOptions.IgnoreCase)]
    private static partial Regex KindOfDay();

    [GeneratedRegex(@"\b(?:with|to|than|against|vs\.?|versus)\s+(?:the\s+|(?:it|they|we|that|this|things)\s+(?:was|were|had|did|looked)\s+(?:like\s+)?|at\s+)?$", RegexOptions.IgnoreCase)]
    private static partial Regex Held();
}
