using System.Diagnostics.Metrics;

namespace SreBot.Delivery;

/// <summary>What delivery does, as OpenTelemetry metrics of the meter <c>SreBot</c>.</summary>
internal sealed class OutboxMeters : IDisposable
{
    private readonly Meter meter = new("SreBot");
    private readonly Counter<long> deliveries;
    private OutboxDepth depth = new();
    private double oldestSeconds;

    public OutboxMeters()
    {
        deliveries = meter.CreateCounter<long>("srebot.outbox.deliveries", "{attempt}", "Attempts, by handler and outcome");
        meter.CreateObservableGauge("srebot.outbox.depth", () => depth.Waiting, "{row}", "Rows that wait");
        meter.CreateObservableGauge("srebot.outbox.dead", () => depth.Dead, "{row}", "Rows that were given up");
        meter.CreateObservableGauge("srebot.outbox.oldest", () => oldestSeconds, "s", "How long the first waiting row has been due");
    }

    /// <summary>What came of one attempt.</summary>
    public void Attempted(string handler, OutboxOutcome outcome) => deliveries.Add(1,
        new KeyValuePair<string, object?>("handler", handler),
        new KeyValuePair<string, object?>("outcome", outcome switch
        {
            OutboxOutcome.Delivered => "delivered",
            OutboxOutcome.Superseded => "superseded",
            OutboxOutcome.TryAgain => "try_again",
            _ => "gave_up",
        }));

    public void Measured(OutboxDepth now, DateTimeOffset at)
    {
        depth = now;
        oldestSeconds = now.Oldest is { } oldest ? Math.Max(0, (at.UtcDateTime - oldest).TotalSeconds) : 0;
    }

    public void Dispose() => meter.Dispose();
}
