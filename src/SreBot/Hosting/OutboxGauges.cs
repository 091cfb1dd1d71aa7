using OpenTelemetry.Metrics;
using SreBot.Delivery;

namespace SreBot.Hosting;

/// <summary>Measures the outbox as often as metrics are exported. Asks for the exporter, so that it lives as long as the server.</summary>
internal sealed partial class OutboxGauges(TimeSpan interval, OutboxHealth outbox, OutboxMeters meters, MeterProvider exporter, TimeProvider time, ILogger<OutboxGauges> log)
    : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(interval, time);
        do
        {
            try
            {
                meters.Measured(await outbox.ReadAsync(stoppingToken), time.GetUtcNow());
            }
            catch (Exception error) when (error is not OperationCanceledException)
            {
                LogFailed(error);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        exporter.ForceFlush(2000); // what happened since the last export
    }

    [LoggerMessage(LogLevel.Warning, "The outbox could not be measured; the next export tries again")]
    private partial void LogFailed(Exception error);
}
