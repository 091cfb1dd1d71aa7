using System.Diagnostics.Metrics;

namespace SreBot.Alerts.Evaluation;

/// <summary>What the evaluator does, as OpenTelemetry metrics of the meter <c>SreBot</c>.</summary>
internal sealed class AlertMeters : IDisposable
{
    public const string MeterName = "SreBot";

    private readonly Meter meter;
    private readonly Histogram<double> duration;
    private readonly Histogram<long> queries;
    private readonly Counter<long> ticks;
    private readonly Counter<long> skipped;
    private readonly Counter<long> transitions;
    private double lagSeconds;
    private long rules;
    private long shards;

    public AlertMeters()
    {
        meter = new Meter(MeterName);
        duration = meter.CreateHistogram<double>("srebot.alerts.tick.duration", "s", "From the first read of a tick to its last commit");
        queries = meter.CreateHistogram<long>("srebot.alerts.tick.queries", "{query}", "Telemetry queries of a tick");
        ticks = meter.CreateCounter<long>("srebot.alerts.ticks", "{tick}", "Ticks committed, each shard counted once");
        skipped = meter.CreateCounter<long>("srebot.alerts.ticks.skipped", "{tick}", "Ticks too far back to be evaluated");
        transitions = meter.CreateCounter<long>("srebot.alerts.transitions", "{transition}", "Changes of state, by where to");
        meter.CreateObservableGauge("srebot.alerts.tick.lag", () => Volatile.Read(ref lagSeconds), "s", "From the end of the last minute evaluated to its evaluation");
        meter.CreateObservableGauge("srebot.alerts.rules", () => Volatile.Read(ref rules), "{rule}", "Rules that this replica evaluates");
        meter.CreateObservableGauge("srebot.alerts.shards", () => Volatile.Read(ref shards), "{shard}", "Shards that this replica holds");
    }

    public void Hold(int shardCount, int ruleCount)
    {
        Volatile.Write(ref shards, shardCount);
        Volatile.Write(ref rules, ruleCount);
    }

    /// <param name="lag">Of the tick, when it was done.</param>
    public void Ticked(int shardCount, TimeSpan took, TimeSpan lag, long queryCount)
    {
        ticks.Add(shardCount);
        duration.Record(took.TotalSeconds);
        queries.Record(queryCount);
        Volatile.Write(ref lagSeconds, lag.TotalSeconds);
    }

    public void Skipped(int count) => skipped.Add(count);

    /// <param name="to">The phase, as the tables write it.</param>
    public void Moved(string to) => transitions.Add(1, new KeyValuePair<string, object?>("to", to));

    public void Dispose() => meter.Dispose();
}
