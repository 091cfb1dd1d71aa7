using System.Globalization;

namespace SreBot.Alerts.Rules;

/// <summary>A rule in words: as a command that makes it again, and as a sentence.</summary>
internal static class AlertText
{
    private static readonly AlertRule Plain = AlertDraft.New(new AlertDefaults([], [], null));

    /// <summary>Such as <c>latency max >= 20 ms</c>.</summary>
    public static string Condition(AlertRule rule) => $"{rule.Metric} {rule.Aggregate} {Limit(rule)}";

    /// <summary>Such as <c>>= 20 ms</c>, <c>between 5% and 10%</c>.</summary>
    public static string Limit(AlertRule rule) => rule.ThresholdMax is { } most
        ? $"{rule.Comparator.Symbol()} {Exact(rule.Threshold, rule)} and {Exact(most, rule)}"
        : $"{rule.Comparator.Symbol()} {Exact(rule.Threshold, rule)}";

    /// <summary>What a rule is called when nobody named it.</summary>
    public static string Name(AlertRule rule)
    {
        var name = $"{Condition(rule)} in {string.Join(", ", rule.Projects)}" + string.Concat(rule.Filter.Select(condition => $" {condition.Value}")) + (rule.GroupBy.Count == 0 ? "" : $" by {string.Join(", ", rule.GroupBy)}");
        return name.Length <= 200 ? name : name[..199] + "…";
    }

    /// <summary>The words that <see cref="AlertGrammar"/> reads back as the same rule.</summary>
    public static string Command(AlertRule rule) =>
        $"create {Condition(rule)} {string.Join(' ', Clauses(rule).Select(clause => $"{clause.Keyword} {clause.Value}"))}{(rule.IsEnabled ? "" : " disabled")}";

    /// <summary>What a rule says beside its condition, in the grammar's words; what is as usual is left out where nobody would miss it.</summary>
    public static IReadOnlyList<(string Keyword, string Value)> Clauses(AlertRule rule)
    {
        var clauses = new List<(string, string)> { ("over", AlertDuration.Text(rule.Window) + (rule.ShortWindow is { } second ? $" and {AlertDuration.Text(second)}" : "")) };
        Add(clauses, rule.Objective is not null, "objective", $"{rule.Objective?.ToString("R", CultureInfo.InvariantCulture)}%");
        Add(clauses, rule.RecoveryThreshold is not null, "recovery", Exact(rule.RecoveryThreshold ?? 0, rule));
        Add(clauses, rule.For > TimeSpan.Zero, "for", AlertDuration.Text(rule.For));
        Add(clauses, true, "cooldown", AlertDuration.Text(rule.Cooldown));
        Add(clauses, rule.MinRequests > 0, "min", rule.MinRequests.ToString(CultureInfo.InvariantCulture));
        Add(clauses, true, "in", string.Join(",", rule.Projects.Select(AlertWord.Write)));
        Add(clauses, rule.Filter.Count > 0, "where", string.Join(", ", rule.Filter.Select(condition => $"{condition.Dimension} = {AlertWord.Write(condition.Value)}")));
        Add(clauses, rule.GroupBy.Count > 0, "by", string.Join(",", rule.GroupBy));
        Add(clauses, rule.NoDataPolicy != Plain.NoDataPolicy, "no_data", AlertNames.Of(rule.NoDataPolicy));
        Add(clauses, rule.ErrorPolicy != Plain.ErrorPolicy, "error", AlertNames.Of(rule.ErrorPolicy));
        Add(clauses, rule.InsufficientPolicy != Plain.InsufficientPolicy, "insufficient", AlertNames.Of(rule.InsufficientPolicy));
        Add(clauses, rule.MaxHold is not null, "max_hold", AlertDuration.Text(rule.MaxHold ?? default));
        Add(clauses, rule.VanishAfter != Plain.VanishAfter || rule.VanishResolves, "vanish", $"after {rule.VanishAfter}{(rule.VanishResolves ? " resolve" : "")}");
        Add(clauses, true, "severity", rule.Severity);
        Add(clauses, true, "notify", rule.Targets.Count == 0 ? "none" : string.Join(",", rule.Targets.Select(AlertWord.Write)));
        Add(clauses, rule.Escalations.Count > 0, "escalate", $"after {string.Join(", ", rule.Escalations.Select(step => $"{AlertDuration.Text(step.After)} to {AlertWord.Write(step.Target)}"))}");
        Add(clauses, rule.RepeatInterval is not null, "repeat", $"every {AlertDuration.Text(rule.RepeatInterval ?? default)}");
        Add(clauses, rule.RunbookUrl is not null, "runbook", AlertWord.Quote(rule.RunbookUrl ?? ""));
        Add(clauses, true, "as", AlertWord.Quote(rule.Name));
        return clauses;
    }

    /// <summary>For a person: what is watched, when it is said, and what missing data does.</summary>
    public static string Sentence(AlertRule rule)
    {
        var budget = rule.Objective is { } objective ? $" of the {objective.ToString("R", CultureInfo.InvariantCulture)}% objective" : "";
        var second = rule.ShortWindow is { } shorter ? $" and over {AlertDuration.Text(shorter)} as well" : "";
        var where = string.Join(", ", rule.Projects) + string.Concat(rule.Filter.Select(condition => $", {condition.Dimension} {condition.Value}"));
        var each = rule.GroupBy.Count == 0 ? "" : $", for each {string.Join(" and ", rule.GroupBy)}";
        var least = rule.MinRequests == 0 ? "" : $", given at least {rule.MinRequests} requests";
        var lasting = rule.For == TimeSpan.Zero ? "" : $" for {AlertDuration.Text(rule.For)}";
        var past = rule.RecoveryThreshold is { } recovery ? $" {(rule.Comparator.IsBelow() ? "above" : "below")} {Exact(recovery, rule)}" : "";
        return $"{rule.Severity}: when {rule.Measure.Metric.Title} {rule.Aggregate}{budget} over {AlertDuration.Text(rule.Window)}{second} is {Limit(rule)}{lasting} in {where}{each}{least}; " +
            $"resolved after {AlertDuration.Text(rule.Cooldown)} of quiet{past}{AlertPolicyText.Of(rule)}{(rule.IsEnabled ? "" : "; it is disabled")}.";
    }

    /// <summary>The aggregate's unit.</summary>
    public static string Unit(AlertRule rule) => rule.Measure.Unit;

    public static string Exact(double number, AlertRule rule) => AlertNumber.Text(number, Unit(rule));

    private static void Add(List<(string, string)> clauses, bool isSaid, string keyword, string value)
    {
        if (isSaid)
            clauses.Add((keyword, value));
    }
}
