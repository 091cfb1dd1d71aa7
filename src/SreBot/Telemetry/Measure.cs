namespace SreBot.Telemetry;

/// <summary>A metric, summed up one way.</summary>
internal sealed record Measure(Metric Metric, MetricAggregate Aggregate)
{
    public string Unit => Metric.UnitOf(Aggregate);
}
