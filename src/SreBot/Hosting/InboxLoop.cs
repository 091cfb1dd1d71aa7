using SreBot.Adapters.Chat;

namespace SreBot.Hosting;

/// <summary>Works the stored turns, a few at a time. A turn whose worker died is taken again when its lease ends.</summary>
internal sealed partial class InboxLoop(IChatStateStore state, InboxSignal signal, TurnWorker worker, TimeProvider time, ILogger<InboxLoop> logger) : BackgroundService
{
    private const int AtOnce = 4;
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Renewal = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(1);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(Enumerable.Range(0, AtOnce).Select(_ => WorkAsync(stoppingToken)));

    private async Task WorkAsync(CancellationToken cancel)
    {
        while (!cancel.IsCancellationRequested)
        {
            try
            {
                if (await state.TakeTurnAsync(Lease, cancel) is { } turn)
                {
                    signal.Raise(); // there may be more: another worker looks
                    await WorkAsync(turn, cancel);
                }
                else
                {
                    await signal.WaitAsync(Poll, cancel);
                }
            }
            catch (OperationCanceledException) when (cancel.IsCancellationRequested)
            {
                return;
            }
            catch (Exception error)
            {
                LogWorkFailed(error);
                await Task.Delay(Poll, time, cancel).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task WorkAsync(StoredTurn turn, CancellationToken cancel)
    {
        await using var renewal = time.CreateTimer(_ => _ = RenewAsync(turn, cancel), null, Renewal, Renewal);
        if (await worker.WorkAsync(turn, cancel))
        {
            await state.CompleteTurnAsync(turn, cancel);
        }
    }

    private async Task RenewAsync(StoredTurn turn, CancellationToken cancel)
    {
        try
        {
            await state.RenewTurnAsync(turn, Lease, cancel);
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            LogRenewalFailed(turn.Id, error); // at worst the turn is worked twice; its answer is looked up by key before it is posted
        }
    }

    [LoggerMessage(LogLevel.Error, "The chat inbox could not be worked; trying again")]
    private partial void LogWorkFailed(Exception error);

    [LoggerMessage(LogLevel.Warning, "The lease of turn {Turn} could not be renewed")]
    private partial void LogRenewalFailed(long turn, Exception error);
}
