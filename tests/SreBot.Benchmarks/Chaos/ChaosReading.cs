using SreBot.Alerts.Rules;

namespace SreBot.Benchmarks.Chaos;

/// <summary>A rule's value, from the requests themselves: no database has a part in it.</summary>
internal static class ChaosReading
{
    /// <param name="requests">Of the rule's window and projects, of one group.</param>
    public static (double? Value, long Count) Of(AlertRule rule, IReadOnlyList<ChaosRequest> requests) => (Value(rule, requests), requests.Count);

    private static double? Value(AlertRule rule, IReadOnlyList<ChaosRequest> requests) => (rule.Metric, rule.Aggregate) switch
    {
        ("requests", "sum") => requests.Count,
        _ when requests.Count == 0 => null,
        ("latency", "mean") => requests.Average(request => request.Latency),
        ("latency", "max") => requests.Max(request => request.Latency),
        ("latency", "p50") => NearestRank(requests, 50),
        ("latency", "p95") => NearestRank(requests, 95),
        ("error_rate", "ratio") => 100.0 * requests.Count(request => request.IsError) / requests.Count,
        ("cost", "sum") => requests.Sum(request => request.Cost),
        ("cpu", "mean") => requests.Average(request => request.Cpu),
        ("cpu", "max") => requests.Max(request => request.Cpu),
        _ => throw new InvalidOperationException($"{rule.Metric} {rule.Aggregate} is not known here."),
    };

    private static double NearestRank(IReadOnlyList<ChaosRequest> requests, int percent) =>
        requests.Select(request => request.Latency).Order().ElementAt((int)Math.Ceiling(requests.Count * percent / 100.0) - 1);
}
