namespace SreBot.Telemetry;

/// <summary>One way to sum up a metric over a window.</summary>
/// <param name="Name">Such as <c>p95</c>.</param>
/// <param name="RequestSql">Over rows of <c>request</c>: a Float64, null where there are no rows.</param>
/// <param name="RollupSql">Over rows of a roll-up, with the same result; null where only <c>request</c> can tell.</param>
/// <param name="Unit">Where it differs from the metric's own.</param>
internal sealed record MetricAggregate(string Name, string RequestSql, string? RollupSql, string? Unit = null);
