using System.Text.RegularExpressions;
using SreBot.Evidence;
using SreBot.Model;
using SreBot.Telemetry;

namespace SreBot.Metrics;

/// <summary>Finds a metric by the words that people use for it.</summary>
internal static partial class MetricNames
{
    private static readonly Dictionary<string, string> Aliases = new(StringComparer.OrdinalIgnoreCase)
    {
        ["error"] = "error_rate", ["errors"] = "error_rate", ["error rate"] = "error_rate", ["failures"] = "error_rate",
        ["traffic"] = "requests", ["throughput"] = "requests", ["request"] = "requests", ["rps"] = "requests", ["load"] = "requests",
        ["response time"] = "latency", ["execution_time"] = "latency", ["execution time"] = "latency", ["duration"] = "latency",
        ["cpu_usage"] = "cpu", ["cpu usage"] = "cpu", ["memory_usage"] = "memory", ["memory usage"] = "memory", ["ram"] = "memory",
        ["spend"] = "cost", ["costs"] = "cost",
    };

    /// <param name="metric">Null: latency. <c>p95</c> is that percentile of it.</param>
    /// <exception cref="SreException">NotFound, naming the nearest known ones; Invalid for an aggregate that the metric does not have.</exception>
    public static (Metric Metric, MetricAggregate Aggregate) Find(string? metric, string? aggregate)
    {
        var name = metric?.Trim() ?? "latency";
        if (Percentile().IsMatch(name))
            (name, aggregate) = ("latency", name.ToLowerInvariant());

        name = Aliases.GetValueOrDefault(name, name);
        var found = MetricCatalogue.All.FirstOrDefault(known => string.Equals(known.Name, name, StringComparison.OrdinalIgnoreCase)) ?? throw Unknown(name);
        return (found, found.Aggregate(aggregate?.Trim().ToLowerInvariant() switch { null or "" => null, "avg" or "average" => "mean", "maximum" => "max", "total" => "sum", "median" => "p50", var word => word }));
    }

    /// <summary>As in a sentence: <c>mean latency</c>, <c>error rate</c>, <c>p95 latency</c>, <c>request rate</c>.</summary>
    public static string Title(Metric metric, MetricAggregate aggregate) => aggregate.Name switch
    {
        "ratio" => metric.Title,
        "rate" => $"{metric.Title.TrimEnd('s')} rate",
        "sum" => metric.Name == "requests" ? metric.Title : $"total {metric.Title}",
        var name => $"{name} {metric.Title}",
    };

    public static string Capital(string text) => text.Length == 0 ? text : char.ToUpperInvariant(text[0]) + text[1..];

    private static SreException Unknown(string name)
    {
        var near = NearestName.Of(name, MetricCatalogue.All.Select(metric => metric.Name));
        var shown = name.Length <= 60 ? name : name[..60] + "…";
        return new SreException(SreErrorKind.NotFound, near.Count > 0
            ? $"There is no metric '{shown}'; did you mean {string.Join(" or ", near)}?"
            : $"There is no metric '{shown}'; there are {string.Join(", ", MetricCatalogue.All.Select(metric => metric.Name))}.");
    }

    [GeneratedRegex(@"^p\d\d$", RegexOptions.IgnoreCase)]
    private static partial Regex Percentile();
}
