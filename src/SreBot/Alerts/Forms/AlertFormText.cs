using System.Text.RegularExpressions;
using SreBot.Alerts.Rules;

namespace SreBot.Alerts.Forms;

/// <summary>A filled-in form as the command that a person would write, and which field each of its words came from. Pure.</summary>
/// <param name="Start">Such as <c>create</c>.</param>
/// <param name="Parts">In their order, the fields that say something.</param>
internal sealed partial record AlertFormText(string Start, IReadOnlyList<(string Field, string Text)> Parts)
{
    private static readonly string[] Needed = [AlertField.Measure, AlertField.Threshold];

    /// <summary>What a rule always has: left empty, it stays as it is.</summary>
    private static readonly string[] Kept = [.. Needed, AlertField.Comparator, AlertField.Window, AlertField.Severity];

    /// <summary>What begins with no keyword.</summary>
    private static readonly string[] Bare = [AlertField.Measure, AlertField.Comparator, AlertField.Threshold, AlertField.More];

    /// <summary>What takes a clause back that no field of its own holds.</summary>
    private static readonly Dictionary<string, string> Back = new()
    {
        ["recovery"] = "recovery none", ["cooldown"] = "cooldown 5m", ["min"] = "min 0", ["escalate"] = "escalate none", ["repeat"] = "repeat none", ["runbook"] = "runbook none",
        ["max_hold"] = "max_hold none", ["no_data"] = "no_data " + Usual(rule => AlertNames.Of(rule.NoDataPolicy)), ["error"] = "error " + Usual(rule => AlertNames.Of(rule.ErrorPolicy)),
        ["insufficient"] = "insufficient " + Usual(rule => AlertNames.Of(rule.InsufficientPolicy)), ["vanish"] = $"vanish after {Usual(rule => $"{rule.VanishAfter}")} policy",
    };

    public string Text => string.Join(' ', Parts.Select(part => part.Text).Prepend(Start));

    /// <summary>Fields of a new rule that must say something and say nothing; for the others the grammar has a usual meaning.</summary>
    public static IEnumerable<string> Missing(IReadOnlyDictionary<string, IReadOnlyList<string>> fields) => Needed.Where(name => Of(fields, name).Count == 0);

    public static AlertFormText Create(IReadOnlyDictionary<string, IReadOnlyList<string>> fields) => new("create",
        [.. Said(fields).Where(part => part.Text.Length > 0), .. Of(fields, AlertField.Name) is [var name, ..] ? [(AlertField.Name, $"as {AlertWord.Quote(name)}")] : (IEnumerable<(string, string)>)[],
            .. Of(fields, AlertField.More).Select(more => (AlertField.More, more))]);

    /// <summary>Only what differs from the rule as it is.</summary>
    /// <param name="projects">Those that can be seen.</param>
    public static AlertFormText Edit(AlertRule rule, IReadOnlyDictionary<string, IReadOnlyList<string>> fields, IReadOnlyList<string> projects)
    {
        var before = AlertFormFields.Said(rule);
        fields = new Dictionary<string, IReadOnlyList<string>>(fields.Where(field => field.Value.Count > 0 || !Kept.Contains(field.Key)));
        fields = before.Where(field => Kept.Contains(field.Key)).Concat(fields).ToLookup(field => field.Key, field => field.Value).ToDictionary(field => field.Key, field => field.Last());
        var changed = before.Keys.Where(name => !Of(before, name).SequenceEqual(Of(fields, name))).ToHashSet();
        if (changed.Overlaps([AlertField.Measure, AlertField.Comparator, AlertField.Threshold]))
            changed.UnionWith([AlertField.Measure, AlertField.Comparator, AlertField.Threshold]);
        var full = Of(fields, AlertField.Projects).Count > 0 ? fields : new Dictionary<string, IReadOnlyList<string>>(fields) { [AlertField.Projects] = projects };
        var parts = Said(full).Where(part => changed.Contains(part.Field)).Select(part => part.Text.Length > 0 ? part : (part.Field, Emptied(part.Field))).ToList();
        if (changed.Contains(AlertField.Name) && Of(fields, AlertField.Name) is [var name, ..])
            parts.Add((AlertField.Name, $"rename {AlertWord.Quote(name)}"));
        if (changed.Contains(AlertField.More))
            parts.Add((AlertField.More, More(Of(before, AlertField.More), Of(fields, AlertField.More))));
        return new($"edit {AlertWord.Quote(rule.Name)}", parts);
    }

    /// <summary>Which field a mistake belongs beside: at a keyword it is the one before, which ended too early.</summary>
    public string FieldOf(AlertMistake mistake)
    {
        var at = AlertWords.Split(Start).Count;
        for (var i = 0; i < Parts.Count; i++)
        {
            var count = AlertWords.Split(Parts[i].Text).Count;
            if (mistake.Word < at + count)
                return mistake.Word == at && i > 0 && !Bare.Contains(Parts[i].Field) ? Parts[i - 1].Field : Parts[i].Field;
            at += count;
        }
        return Parts.Count == 0 ? AlertField.Measure : Parts[^1].Field;
    }

    /// <summary>Without what that field says.</summary>
    public AlertFormText Without(string field) => this with { Parts = [.. Parts.Where(part => part.Field != field)] };

    private static IEnumerable<(string Field, string Text)> Said(IReadOnlyDictionary<string, IReadOnlyList<string>> fields)
    {
        yield return (AlertField.Measure, One(fields, AlertField.Measure));
        yield return (AlertField.Comparator, One(fields, AlertField.Comparator));
        yield return (AlertField.Threshold, BeforeUnit().Replace(One(fields, AlertField.Threshold), ""));
        yield return (AlertField.Window, Clause("over", One(fields, AlertField.Window)));
        yield return (AlertField.Projects, Clause("in", string.Join(", ", Of(fields, AlertField.Projects).SelectMany(Names).Select(AlertWord.Write))));
        yield return (AlertField.Notify, Clause("notify", One(fields, AlertField.Notify)) is { Length: > 0 } told ? told : "notify none");
        yield return (AlertField.Severity, Clause("severity", One(fields, AlertField.Severity)));
        yield return (AlertField.Lasting, Clause("for", One(fields, AlertField.Lasting)));
        yield return (AlertField.Where, Clause("where", One(fields, AlertField.Where)));
        yield return (AlertField.By, Clause("by", string.Join(", ", Of(fields, AlertField.By))));
    }

    private static string Emptied(string field) => field switch
    {
        AlertField.Lasting => "for 0m",
        AlertField.Where => "where none",
        AlertField.By => "by none",
        _ => "",
    };

    /// <summary>What is said now, and what takes back what is said no more.</summary>
    private static string More(IReadOnlyList<string> before, IReadOnlyList<string> after) =>
        string.Join(' ', [.. after, .. Keywords(before).Except(Keywords(after)).Where(Back.ContainsKey).Select(keyword => Back[keyword])]);

    private static IEnumerable<string> Keywords(IReadOnlyList<string> said) =>
        said.SelectMany(AlertWords.Split).Where(word => !word.IsQuoted && AlertClauses.Words.Contains(word.Text.ToLowerInvariant())).Select(word => word.Text.ToLowerInvariant()).Distinct();

    /// <summary>What was written into one field has commas between.</summary>
    private static IEnumerable<string> Names(string said) => said.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    private static string Clause(string keyword, string value) => value.Length == 0 ? "" : $"{keyword} {value}";

    private static string One(IReadOnlyDictionary<string, IReadOnlyList<string>> fields, string name) => Of(fields, name) is [var value, ..] ? value.ReplaceLineEndings(" ").Trim() : "";

    private static IReadOnlyList<string> Of(IReadOnlyDictionary<string, IReadOnlyList<string>> fields, string name) => fields.GetValueOrDefault(name, []);

    private static string Usual(Func<AlertRule, string> word) => word(AlertDraft.New(new AlertDefaults([], [], null)));

    /// <summary>A unit belongs to its number, so that one that does not fit is told as such.</summary>
    [GeneratedRegex(@"(?<=[0-9.])\s+(?!and\b)(?=[^\s,0-9])", RegexOptions.IgnoreCase)]
    private static partial Regex BeforeUnit();
}
