using SreBot.Adapters.Chat;
using SreBot.Alerts.Rules;
using SreBot.Model;

namespace SreBot.Alerts.Forms;

/// <summary>The fields of a rule, the most needed first, and what they say of one that there is. Pure.</summary>
internal static class AlertFormFields
{
    /// <summary>A list to choose from holds no more, and no longer names.</summary>
    private const int MostChoices = 100;
    private const int LongestChoice = 75;

    private static readonly string[] OwnClauses = ["over", "for", "in", "where", "by", "severity", "notify", "as"];

    /// <param name="rule">What they say; null: of a new rule.</param>
    public static IReadOnlyList<ReplyField> Of(AlertDefaults defaults, AlertRule? rule)
    {
        var said = rule is null ? New(defaults) : Said(rule);
        return [.. Fields(defaults).Select(field => field with { Initial = said.GetValueOrDefault(field.Name, []) })];
    }

    /// <summary>What the fields say of that rule.</summary>
    public static Dictionary<string, IReadOnlyList<string>> Said(AlertRule rule)
    {
        var clauses = AlertText.Clauses(rule);
        var plain = AlertDuration.Text(AlertDraft.New(new AlertDefaults([], [], null)).Cooldown);
        string One(string keyword) => clauses.FirstOrDefault(clause => clause.Keyword == keyword).Value ?? "";
        return new Dictionary<string, IReadOnlyList<string>>
        {
            [AlertField.Measure] = [$"{rule.Metric} {rule.Aggregate}"],
            [AlertField.Comparator] = [rule.Comparator.Symbol()],
            [AlertField.Threshold] = [AlertText.Exact(rule.Threshold, rule) + (rule.ThresholdMax is { } most ? $" and {AlertText.Exact(most, rule)}" : "")],
            [AlertField.Window] = [One("over")],
            [AlertField.Projects] = rule.Projects,
            [AlertField.Notify] = Some(One("notify") is "none" ? "" : One("notify")),
            [AlertField.Severity] = [rule.Severity],
            [AlertField.Name] = [rule.Name],
            [AlertField.Lasting] = Some(One("for")),
            [AlertField.Where] = Some(One("where")),
            [AlertField.By] = rule.GroupBy,
            [AlertField.More] = Some(string.Join(' ', clauses.Where(clause => !OwnClauses.Contains(clause.Keyword) && clause != ("cooldown", plain)).Select(clause => $"{clause.Keyword} {clause.Value}"))),
        };
    }

    private static Dictionary<string, IReadOnlyList<string>> New(AlertDefaults defaults) => new()
    {
        [AlertField.Comparator] = [AlertComparator.GreaterOrEqual.Symbol()],
        [AlertField.Window] = ["5m"],
        [AlertField.Severity] = ["warning"],
        [AlertField.Notify] = defaults.Here is null ? [] : ["#here"],
    };

    private static ReplyField[] Fields(AlertDefaults defaults) =>
    [
        Choice(AlertField.Measure, "What to watch", defaults.Metrics.SelectMany(metric => metric.Aggregates.Select(aggregate => new ReplyChoice($"{metric.Name} {aggregate.Name}", $"{metric.Title}: {aggregate.Name}")))),
        Choice(AlertField.Comparator, "Say so when it is", AlertComparators.Symbols.Select(symbol => new ReplyChoice(symbol, symbol.Replace('_', ' ')))),
        new(AlertField.Threshold, "Threshold") { Hint = "With its unit, such as 200 ms or 5%; for between two of them: 5% and 10%." },
        new(AlertField.Window, "Over") { Hint = "Whole minutes up to 30 days, such as 5m or 2h." },
        Projects(defaults),
        new(AlertField.Notify, "Tell") { IsOptional = true, Hint = "#here, an e-mail address, webhook:NAME, pagerduty:NAME; with commas between. Left empty, it opens incidents and tells nobody." },
        Choice(AlertField.Severity, "Severity", [new("info", "info"), new("warning", "warning"), new("critical", "critical")]),
        new(AlertField.Name, "Name") { IsOptional = true, Hint = "Made of the condition when it is left empty." },
        new(AlertField.Lasting, "For at least") { IsOptional = true, Hint = "How long it must last, such as 2m." },
        new(AlertField.Where, "Where") { IsOptional = true, Hint = "Such as service = checkout, platform = mobile." },
        new ReplyField(AlertField.By, "Each by itself", ReplyFieldKind.Choices) { IsOptional = true, Choices = [.. Dimensions.All.Select(name => new ReplyChoice(name, name))] },
        new(AlertField.More, "Anything else") { IsOptional = true, Hint = "As in the command: min 20 recovery 4% cooldown 10m repeat every 30m runbook https://…" },
    ];

    private static ReplyField Choice(string name, string label, IEnumerable<ReplyChoice> choices) => new(name, label, ReplyFieldKind.Choice) { Choices = [.. choices] };

    private static ReplyField Projects(AlertDefaults defaults)
    {
        var hint = "All that can be seen here when it is left empty.";
        return defaults.Projects.Count is > 0 and <= MostChoices && defaults.Projects.All(name => name.Length <= LongestChoice)
            ? new(AlertField.Projects, "Projects", ReplyFieldKind.Choices) { IsOptional = true, Hint = hint, Choices = [.. defaults.Projects.Select(name => new ReplyChoice(name, name))] }
            : new(AlertField.Projects, "Projects") { IsOptional = true, Hint = $"With commas between. {hint}" };
    }

    private static IReadOnlyList<string> Some(string text) => text.Length == 0 ? [] : [text];
}
