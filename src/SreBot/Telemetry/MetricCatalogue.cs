using SreBot.Model;

namespace SreBot.Telemetry;

/// <summary>Every metric that rules and questions may name; a new one is one entry here. No other SQL computes a metric.</summary>
internal static class MetricCatalogue
{
    public static IReadOnlyList<Metric> All { get; } =
    [
        new("latency", "latency", "ms",
        [
            new("mean", "avgOrNull(execution_time)", new RollupFormula("latency_sum", "request_count")),
            Percentile(50), Percentile(90), Percentile(95), Percentile(99),
            new("max", "maxOrNull(execution_time)", new RollupFormula("latency_max") { IsMaximum = true }),
        ], "execution_time"),
        new("error_rate", "error rate", "%",
        [
            new("ratio", "100 * sum(status BETWEEN 400 AND 599) / nullIf(countIf(status != 0), 0)", new RollupFormula("error_count", "status_count") { Scale = 100 }),
        ], "toFloat64(status BETWEEN 400 AND 599)"),
        new("requests", "requests", "requests",
        [
            new("sum", "toFloat64(count())", new RollupFormula("request_count")),
            new("rate", "count() / {window_seconds:Float64}", new RollupFormula("request_count") { IsPerSecond = true }, "requests/s"),
        ], null),
        new("cost", "cost", "USD",
        [
            new("sum", "nullIf(sumOrNull(cost), 0)", new RollupFormula("cost_sum") { IsZeroMissing = true }),
            new("mean", "nullIf(avgOrNull(cost), 0)", new RollupFormula("cost_sum", "request_count") { IsZeroMissing = true }),
            new("rate", "nullIf(sumOrNull(cost), 0) / {window_seconds:Float64}", new RollupFormula("cost_sum") { IsZeroMissing = true, IsPerSecond = true }, "USD/s"),
        ], "cost"),
        new("cpu", "CPU", "%",
        [
            new("mean", "avgOrNull(cpu_usage)", new RollupFormula("cpu_sum", "request_count")),
            new("max", "maxOrNull(cpu_usage)", new RollupFormula("cpu_max") { IsMaximum = true }),
        ], "cpu_usage"),
        new("memory", "memory", "%",
        [
            new("mean", "avgOrNull(memory_usage)", new RollupFormula("memory_sum", "request_count")),
            new("max", "maxOrNull(memory_usage)", new RollupFormula("memory_max") { IsMaximum = true }),
        ], "memory_usage"),
    ];

    /// <summary>What rules may watch: all, and what only makes sense beside an objective.</summary>
    public static IReadOnlyList<Metric> ForRules { get; } =
    [
        .. All,
        new("burn_rate", "error budget burn rate", "x",
        [
            Find("error_rate", All).Aggregates[0] with { Name = "ratio", IsBudgetBurn = true },
        ], Find("error_rate", All).RowSql),
    ];

    /// <exception cref="SreException">Invalid, naming the known ones.</exception>
    public static Metric Find(string name) => Find(name, ForRules);

    /// <exception cref="SreException">Invalid, naming the known ones.</exception>
    public static Metric Find(string name, IReadOnlyList<Metric> among) =>
        among.FirstOrDefault(metric => string.Equals(metric.Name, name, StringComparison.OrdinalIgnoreCase))
            ?? throw new SreException(SreErrorKind.Invalid, $"There is no metric '{name}'; use {string.Join(", ", among.Select(metric => metric.Name))}.");

    /// <param name="aggregate">Null: the metric's first.</param>
    /// <exception cref="SreException">Invalid, naming the known ones.</exception>
    public static Measure Measure(string metric, string? aggregate)
    {
        var found = Find(metric);
        return new Measure(found, found.Aggregate(aggregate));
    }

    /// <summary>The level at which ClickHouse's exact quantile, which takes the value number floor(level n) from 0 on, is the nearest rank, number
    /// ceil(percent n / 100) from 1 on: just below the percentage, so that a whole product does not reach the next number. Holds up to n = 1e9.</summary>
    public static string Level(int percent) => $"{(percent / 100m) - 0.00000000001m}";

    /// <summary>The nearest rank over the window's requests (domain.md): the smallest value that at least <paramref name="percent"/> % do not exceed.</summary>
    private static MetricAggregate Percentile(int percent) => new($"p{percent}", $"quantileExactOrNull({Level(percent)})(execution_time)", RollupSql: null) { LatencyPercent = percent };
}
