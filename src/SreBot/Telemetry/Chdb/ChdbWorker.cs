using System.Collections.Concurrent;

namespace SreBot.Telemetry.Chdb;

/// <summary>A thread of its own with one connection, so that the engine's blocking calls hold no thread of the pool.</summary>
internal sealed class ChdbWorker : IDisposable
{
    private readonly BlockingCollection<Action> work = [];
    private readonly Func<ChdbConnection> connect;
    private readonly Thread thread;
    private ChdbConnection? connection;

    /// <param name="connect">Called on the worker's thread, before its first work.</param>
    public ChdbWorker(string name, Func<ChdbConnection> connect)
    {
        this.connect = connect;
        Name = name;
        thread = new Thread(Run) { IsBackground = true, Name = name };
        thread.Start();
    }

    public string Name { get; }

    /// <summary>Runs a call on the worker's thread. A call that throws leaves the connection as it was.</summary>
    public Task<T> RunAsync<T>(Func<ChdbConnection, T> call)
    {
        var done = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        work.Add(() =>
        {
            try
            {
                done.SetResult(call(connection ??= connect()));
            }
            catch (Exception error)
            {
                done.SetException(error); // whoever awaits the call is its edge
            }
        });
        return done.Task;
    }

    /// <summary>Waits for the call that is running, then closes the connection: a process that ends with one open may crash.</summary>
    public void Dispose()
    {
        work.CompleteAdding();
        thread.Join();
        work.Dispose();
    }

    private void Run()
    {
        foreach (var item in work.GetConsumingEnumerable())
        {
            item();
        }

        connection?.Dispose();
    }
}
