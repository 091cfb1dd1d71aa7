using SreBot.Alerts.Rules;

namespace SreBot.Benchmarks.Chaos;

/// <summary>The rules that are watched: metrics, aggregates, groups, times and thresholds of all kinds, in three channels.</summary>
internal static class ChaosRules
{
    public static IReadOnlyList<string> Channels { get; } = ["C01", "C02", "C03"];

    public static IReadOnlyList<string> Projects { get; } = ["Project_1", "Project_2", "Project_3"];

    public static IReadOnlyList<AlertRule> All { get; } =
    [
        Rule("slowest", "latency", "max", AlertComparator.GreaterOrEqual, 300, 1, "Project_1", "C01", byServer: true),
        Rule("slow on the whole", "latency", "mean", AlertComparator.Greater, 100, 2, "Project_1", "C02", byServer: true, hold: 1, cooldown: 1),
        Rule("slow tail", "latency", "p95", AlertComparator.GreaterOrEqual, 200, 1, "Project_2", "C03", byServer: true, cooldown: 1),
        Rule("slow middle", "latency", "p50", AlertComparator.Greater, 200, 2, "Project_3", "C01", byServer: true, hold: 1, cooldown: 2),
        Rule("errors", "error_rate", "ratio", AlertComparator.Greater, 20, 2, "Project_2", "C02", byServer: true, cooldown: 2) with { MinRequests = 10 },
        Rule("errors anywhere", "error_rate", "ratio", AlertComparator.GreaterOrEqual, 10, 1, "Project_3", "C03"),
        Rule("lasting errors", "error_rate", "ratio", AlertComparator.Greater, 30, 3, "Project_3", "C02", byServer: true, hold: 2, cooldown: 1),
        Rule("few requests", "requests", "sum", AlertComparator.Less, 12, 1, "Project_3", "C01", cooldown: 1),
        Rule("hot", "cpu", "max", AlertComparator.Greater, 90, 1, "Project_1", "C03", byServer: true, cooldown: 1) with { RecoveryThreshold = 70 },
        Rule("hot everywhere", "cpu", "mean", AlertComparator.Greater, 50, 1, "Project_2", "C01"),
        Rule("dear", "cost", "sum", AlertComparator.Greater, 3, 2, "Project_2", "C03", byServer: true),
        Rule("neither fast nor dead", "latency", "max", AlertComparator.Between, 300, 1, "Project_3", "C02") with { ThresholdMax = 900 },
        Rule("errors in two projects", "error_rate", "ratio", AlertComparator.Greater, 12, 1, "Project_1,Project_2", "C01", cooldown: 1),
    ];

    /// <summary>The words that make the rule.</summary>
    public static string Command(AlertRule rule)
    {
        var most = rule.ThresholdMax is { } end ? $" and {end}{Unit(rule)}" : "";
        var recovery = rule.RecoveryThreshold is { } clear ? $" recovery {clear}{Unit(rule)}" : "";
        var least = rule.MinRequests > 0 ? $" min {rule.MinRequests}" : "";
        var groups = rule.GroupBy.Count > 0 ? $" by {string.Join(',', rule.GroupBy)}" : "";
        return $"alert create {rule.Metric} {rule.Aggregate} {rule.Comparator.Symbol()} {rule.Threshold}{Unit(rule)}{most} over {rule.Window.TotalMinutes}m{recovery}" +
            $"{(rule.For > TimeSpan.Zero ? $" for {rule.For.TotalMinutes}m" : "")} cooldown {rule.Cooldown.TotalMinutes}m{least} in {string.Join(',', rule.Projects)}{groups} notify {string.Join(',', rule.Targets)} as \"{rule.Name}\"";
    }

    private static AlertRule Rule(string name, string metric, string aggregate, AlertComparator comparator, double threshold, int window, string projects, string channel,
        bool byServer = false, int hold = 0, int cooldown = 0) => new()
    {
        Name = name,
        Projects = projects.Split(','),
        Metric = metric,
        Aggregate = aggregate,
        Comparator = comparator,
        Threshold = threshold,
        Window = TimeSpan.FromMinutes(window),
        For = TimeSpan.FromMinutes(hold),
        Cooldown = TimeSpan.FromMinutes(cooldown),
        GroupBy = byServer ? ["server_id"] : [],
        Targets = [$"slack:{ChaosReceiver.Team}/{channel}"],
    };

    private static string Unit(AlertRule rule) => rule.Metric switch
    {
        "latency" => "ms",
        "error_rate" or "cpu" => "%",
        _ => "",
    };
}
