namespace SreBot.Alerts.Rules;

/// <summary>An objective as three rules on how fast its error budget burns. The figures are those of Google's Site Reliability Workbook, chapter 5,
/// "Alerting on SLOs", method 6, multiwindow and multi-burn-rate (https://sre.google/workbook/alerting-on-slos/): 2% of a 30-day budget in an hour, 5% in six hours,
/// 10% in three days, each confirmed by a window a twelfth as long so that the alert ends soon after its cause.</summary>
internal static class AlertSlo
{
    private static readonly (double Burn, TimeSpan Window, TimeSpan Short, string Severity, string Name)[] Rules =
    [
        (14.4, TimeSpan.FromHours(1), TimeSpan.FromMinutes(5), "critical", "fast"),
        (6, TimeSpan.FromHours(6), TimeSpan.FromMinutes(30), "critical", "steady"),
        (1, TimeSpan.FromDays(3), TimeSpan.FromHours(6), "warning", "slow"),
    ];

    /// <summary>Reads <c>99.9% in Project_1 by endpoint …</c>.</summary>
    public static IReadOnlyList<AlertRule> Read(AlertWords words, AlertDefaults defaults)
    {
        words.Skip("of");
        var objective = AlertClauses.Objective(words);
        var common = AlertDraft.New(defaults) with { Metric = "burn_rate", Aggregate = "ratio", Comparator = AlertComparator.Greater, Objective = objective };
        var said = new HashSet<string> { "over", "severity", "objective" };
        while (!words.IsAtEnd)
        {
            common = AlertClauses.Take(common, words, defaults, said, []);
        }

        return [.. Rules.Select(rule => AlertDraft.Complete(common with
        {
            Threshold = rule.Burn,
            Window = rule.Window,
            ShortWindow = rule.Short,
            Severity = rule.Severity,
            Name = $"{(common.Name.Length > 0 ? common.Name : Name(common))} ({rule.Name} burn)",
        }, defaults))];
    }

    private static string Name(AlertRule rule) =>
        $"SLO {rule.Objective:0.#####}% of {string.Join(", ", rule.Projects.Take(5))}{string.Concat(rule.Filter.Select(condition => $" {condition.Value}"))}{(rule.GroupBy.Count == 0 ? "" : $" by {string.Join(", ", rule.GroupBy)}")}";
}
