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

    /// <summary>Runs a call on the worker's thread. After one that throws the connection is made anew: what a query had written before it failed would begin the next answer.</summary>
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
                connection?.Dispose();
                connection = null;
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
