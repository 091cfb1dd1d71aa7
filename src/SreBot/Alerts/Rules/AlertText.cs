using System.Globalization;
using SreBot.Telemetry;

namespace SreBot.Alerts.Rules;

/// <summary>A rule in words: as a command that makes it again, and as a sentence.</summary>
internal static class AlertText
{
    /// <summary>Such as <c>latency max >= 20 ms</c>.</summary>
    public static string Condition(AlertRule rule) => $"{rule.Metric} {rule.Aggregate} {Limit(rule)}";

    /// <summary>Such as <c>>= 20 ms</c>, <c>between 5% and 10%</c>.</summary>
    public static string Limit(AlertRule rule) => rule.ThresholdMax is { } most
        ? $"{rule.Comparator.Symbol()} {Exact(rule.Threshold, rule)} and {Exact(most, rule)}"
        : $"{rule.Comparator.Symbol()} {Exact(rule.Threshold, rule)}";

    /// <summary>What a rule is called when nobody named it.</summary>
    public static string Name(AlertRule rule) =>
        $"{Condition(rule)} in {string.Join(", ", rule.Projects)}" + string.Concat(rule.Filter.Select(condition => $" {condition.Value}")) +
        (rule.GroupBy.Count == 0 ? "" : $" by {string.Join(", ", rule.GroupBy)}");

    /// <summary>The words that <see cref="AlertGrammar"/> reads back as the same rule.</summary>
    public static string Command(AlertRule rule)
    {
        var words = new List<string> { "create", Condition(rule), "over", AlertDuration.Text(rule.Window) };
        Add(words, rule.RecoveryThreshold is not null, "recovery", Exact(rule.RecoveryThreshold ?? 0, rule));
        Add(words, rule.For > TimeSpan.Zero, "for", AlertDuration.Text(rule.For));
        Add(words, true, "cooldown", AlertDuration.Text(rule.Cooldown));
        Add(words, rule.MinRequests > 0, "min", rule.MinRequests.ToString(CultureInfo.InvariantCulture));
        Add(words, true, "in", string.Join(",", rule.Projects.Select(Quoted)));
        Add(words, rule.Filter.Count > 0, "where", string.Join(", ", rule.Filter.Select(condition => $"{condition.Dimension} = {Quoted(condition.Value)}")));
        Add(words, rule.GroupBy.Count > 0, "by", string.Join(",", rule.GroupBy));
        Add(words, true, "severity", rule.Severity);
        Add(words, rule.Targets.Count > 0, "notify", string.Join(",", rule.Targets.Select(Quoted)));
        Add(words, true, "as", $"\"{rule.Name}\"");
        return string.Join(' ', words);
    }

    /// <summary>For a person: what is watched, and when it is said.</summary>
    public static string Sentence(AlertRule rule)
    {
        var metric = MetricCatalogue.Find(rule.Metric);
        var where = string.Join(", ", rule.Projects) + string.Concat(rule.Filter.Select(condition => $", {condition.Dimension} {condition.Value}"));
        var each = rule.GroupBy.Count == 0 ? "" : $", for each {string.Join(" and ", rule.GroupBy)}";
        var least = rule.MinRequests == 0 ? "" : $", given at least {rule.MinRequests} requests";
        var lasting = rule.For == TimeSpan.Zero ? "" : $" for {AlertDuration.Text(rule.For)}";
        return $"{rule.Severity}: when {metric.Title} {rule.Aggregate} over {AlertDuration.Text(rule.Window)} is {Limit(rule)}{lasting} in {where}{each}{least}; " +
            $"resolved after {AlertDuration.Text(rule.Cooldown)} of quiet.";
    }

    /// <summary>The aggregate's unit.</summary>
    public static string Unit(AlertRule rule)
    {
        var metric = MetricCatalogue.Find(rule.Metric);
        return metric.UnitOf(metric.Aggregate(rule.Aggregate));
    }

    private static string Exact(double number, AlertRule rule)
    {
        var text = number.ToString("R", CultureInfo.InvariantCulture);
        return Unit(rule) == "%" ? text + "%" : $"{text} {Unit(rule)}";
    }

    private static string Quoted(string word) => word.All(letter => char.IsLetterOrDigit(letter) || letter is '_' or '-' or '.' or '/' or ':') ? word : $"\"{word}\"";

    private static void Add(List<string> words, bool isSaid, string keyword, string value)
    {
        if (isSaid)
        {
            words.Add(keyword);
            words.Add(value);
        }
    }
}
