using System.Collections.Concurrent;

namespace SreBot.Adapters.Slack;

/// <summary>First come, first served in each place: no message overtakes another, and the messages of two long answers do not mix.</summary>
internal sealed class SlackOrder
{
    private readonly ConcurrentDictionary<string, Task> _last = new();

    public async Task<T> InTurnAsync<T>(string place, Func<Task<T>> work, CancellationToken cancel)
    {
        var mine = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var before = Task.CompletedTask;
        _ = _last.AddOrUpdate(place, mine.Task, (_, last) =>
        {
            before = last;
            return mine.Task;
        });
        try
        {
            await before.WaitAsync(cancel);
            return await work();
        }
        finally
        {
            // Who gave up waiting lets the next one in only when it is the next one's turn.
            _ = before.ContinueWith(_ =>
            {
                _last.TryRemove(new(place, mine.Task));
                mine.SetResult();
            }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        }
    }
}
