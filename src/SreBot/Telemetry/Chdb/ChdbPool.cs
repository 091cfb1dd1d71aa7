using System.Threading.Channels;

namespace SreBot.Telemetry.Chdb;

/// <summary>So many workers, each lent to one caller at a time; who comes when all are lent waits.</summary>
internal sealed class ChdbPool : IAsyncDisposable
{
    private readonly Channel<ChdbWorker> idle = Channel.CreateUnbounded<ChdbWorker>();
    private readonly int size;

    public ChdbPool(int size, string name, Func<string, ChdbConnection> connect)
    {
        this.size = size;
        for (var i = 0; i < size; i++)
        {
            var worker = $"{name}-{i}";
            idle.Writer.TryWrite(new ChdbWorker(worker, () => connect(worker)));
        }
    }

    /// <param name="cancelled">Told the worker's name, to stop what it runs; null: a call that has begun runs to its end before this returns.</param>
    public async Task<T> RunAsync<T>(Func<ChdbConnection, T> call, Func<string, Task>? cancelled, CancellationToken cancel)
    {
        ChdbWorker worker;
        try
        {
            worker = await idle.Reader.ReadAsync(cancel);
        }
        catch (ChannelClosedException)
        {
            throw new ObjectDisposedException(nameof(ChdbPool));
        }

        var running = worker.RunAsync(call);
        try
        {
            var stop = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            await using var registration = cancel.Register(() => stop.TrySetResult());
            if (cancelled is not null && await Task.WhenAny(running, stop.Task) != running)
            {
                await cancelled(worker.Name);
                await ((Task)running).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                cancel.ThrowIfCancellationRequested();
            }

            return await running;
        }
        finally
        {
            // Only now, so that a stop that comes late meets no other caller's work.
            await ((Task)running).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            idle.Writer.TryWrite(worker);
        }
    }

    /// <summary>Waits for every worker to come back, then closes them all.</summary>
    public async ValueTask DisposeAsync()
    {
        for (var i = 0; i < size; i++)
        {
            (await idle.Reader.ReadAsync()).Dispose();
        }

        idle.Writer.TryComplete();
    }
}
