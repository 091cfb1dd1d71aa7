using SreBot.Alerts.Rules;

namespace SreBot.Cli.Seeding;

/// <summary>A rule that any service has, its threshold a factor of what is usual.</summary>
/// <param name="By">A dimension whose values are watched one by one; null: all together.</param>
/// <param name="Least">The threshold is no lower, in the unit of the aggregate.</param>
internal sealed record SeedRule(string Metric, string Aggregate, string? By, double Factor, double Least = 0)
{
    private const int LeastRequests = 40;

    public static IReadOnlyList<SeedRule> All { get; } =
    [
        new("latency", "mean", null, 1.2), new("latency", "mean", "project_id", 1.25), new("latency", "mean", "server_id", 1.3), new("latency", "mean", "service", 1.3),
        new("latency", "p95", null, 1.3), new("latency", "p95", "project_id", 1.4), new("latency", "p95", "server_id", 1.6), new("latency", "p95", "region", 1.4),
        new("error_rate", "ratio", null, 3, 3), new("error_rate", "ratio", "service", 4, 8),
        new("requests", "sum", null, 1.25), new("requests", "sum", "project_id", 1.4), new("requests", "sum", null, 0.8), new("requests", "sum", "project_id", 0.65),
    ];

    public bool IsUpward => Factor > 1;

    /// <summary>The rule with its threshold, for an organization's projects.</summary>
    /// <param name="usual">Of each group before, in the unit of the aggregate.</param>
    public AlertRule With(IReadOnlyCollection<double> usual, IReadOnlyList<string> projects)
    {
        var threshold = Math.Max(Least, Factor * (IsUpward ? usual.Max() : usual.Min()));
        var rule = new AlertRule
        {
            Name = "", Projects = projects, Metric = Metric, Aggregate = Aggregate, GroupBy = By is null ? [] : [By], MinRequests = LeastRequests,
            Comparator = IsUpward ? AlertComparator.Greater : AlertComparator.Less,
            Threshold = Math.Round(threshold, threshold >= 100 ? 0 : 1), Severity = Metric == "error_rate" ? "critical" : "warning",
        };
        return rule with { Name = AlertText.Name(rule) };
    }
}
