using Microsoft.Extensions.Options;

namespace SreBot.Delivery;

/// <summary>Dispatches whenever something was committed here, and each poll for what was committed elsewhere.</summary>
internal sealed partial class OutboxLoop(OutboxDispatcher dispatcher, OutboxSignal signal, IOptions<DeliveryOptions> options, TimeProvider time, ILogger<OutboxLoop> log)
    : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                if (await dispatcher.DispatchAsync(stoppingToken) > 0)
                {
                    continue;
                }
            }
            catch (Exception error) when (error is not OperationCanceledException)
            {
                LogPassFailed(error);
            }

            await signal.WaitAsync(options.Value.Poll, time, stoppingToken);
        }
    }

    [LoggerMessage(LogLevel.Error, "A delivery pass failed; the next one tries again")]
    private partial void LogPassFailed(Exception error);
}
