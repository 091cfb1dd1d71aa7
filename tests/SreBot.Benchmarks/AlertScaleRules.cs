using SreBot.Alerts.Rules;
using SreBot.Model;

namespace SreBot.Benchmarks;

/// <summary>Rules on distinct projects with windows of 1 to 60 minutes; about one in a hundred breaches.</summary>
internal static class AlertScaleRules
{
    public static IReadOnlyList<string> Kinds { get; } = ["additive", "percentile", "grouped", "mix"];

    /// <param name="projects">Of the requests.</param>
    /// <param name="longest">In minutes.</param>
    public static IReadOnlyList<AlertRule> Of(string kind, int count, int projects, int longest = 60) =>
        [.. Enumerable.Range(0, count).Select(i => One(kind != "mix" ? kind : (i * 7919 % 100) switch { < 60 => "additive", < 85 => "percentile", _ => "grouped" }, i, projects, longest))];

    private static AlertRule One(string kind, int i, int projects, int longest)
    {
        var project = (int)(i * 9973L % projects); // a prime, so that they are distinct and one in a hundred is bad, however many there are
        var (metric, aggregate, threshold) = kind switch
        {
            "percentile" => Percentiles[i % Percentiles.Length],
            "grouped" => Additive[i % 2],
            _ => Additive[i % Additive.Length],
        };
        return new AlertRule
        {
            OrganizationId = 1,
            Id = new Guid(i, 0, 0, [0, 0, 0, 0, 0, 0, 0, (byte)i]),
            Name = $"{kind} {i}",
            Projects = [$"Project_{project}"],
            Metric = metric,
            Aggregate = aggregate,
            Comparator = i % 2 == 0 ? AlertComparator.GreaterOrEqual : AlertComparator.Greater,
            Threshold = threshold,
            Window = TimeSpan.FromMinutes(1 + (i * 31 % longest)),
            MinRequests = 10,
            Filter = kind == "grouped" && i % 2 == 0 ? [new DimensionCondition("server_id", $"Server_{i % 10}")] : [],
            GroupBy = kind == "grouped" && i % 2 == 1 ? ["server_id"] : [],
        };
    }

    private static readonly (string, string, double)[] Additive =
    [
        ("error_rate", "ratio", 35), ("latency", "mean", 1000), ("latency", "max", 2100), ("cost", "sum", 1e6), ("cpu", "mean", 90), ("requests", "sum", 1e6),
    ];

    /// <summary>On the latency grid, and between its steps.</summary>
    private static readonly (string, string, double)[] Percentiles = [("latency", "p95", 2000), ("latency", "p99", 1500), ("latency", "p90", 1000), ("latency", "p50", 2050)];
}
