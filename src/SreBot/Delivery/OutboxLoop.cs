using Microsoft.Extensions.Options;

namespace SreBot.Delivery;

/// <summary>Starts what is due whenever something was committed here or a slot became free, and each poll for what was committed elsewhere.</summary>
internal sealed partial class OutboxLoop(OutboxDispatcher dispatcher, OutboxSignal signal, IOptions<DeliveryOptions> options, TimeProvider time, ILogger<OutboxLoop> log)
    : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        HashSet<Task> working = [];
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                var started = await dispatcher.StartAsync(stoppingToken);
                working.RemoveWhere(work => work.IsCompleted);
                working.UnionWith(started.Select(WatchAsync));
                if (started.Count == 0)
                {
                    await signal.WaitAsync(options.Value.Poll, time, stoppingToken);
                }
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                break;
            }
            catch (Exception error) when (error is not OperationCanceledException)
            {
                LogPassFailed(error);
                await signal.WaitAsync(options.Value.Poll, time, stoppingToken);
            }
        }

        await Task.WhenAll(working);
    }

    private async Task WatchAsync(Task work)
    {
        try
        {
            await work;
        }
        catch (OperationCanceledException)
        {
            // SreBot stops; the row comes again when its lease is over.
        }
        catch (Exception error)
        {
            LogPassFailed(error);
        }

        signal.Set();
    }

    [LoggerMessage(LogLevel.Error, "A delivery pass failed; the next one tries again")]
    private partial void LogPassFailed(Exception error);
}
