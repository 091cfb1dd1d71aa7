using System.Collections.Concurrent;

namespace SreBot.Benchmarks.Chaos;

/// <summary>Sends the plan's telemetry, a slice after the other: the next only when the one before was acknowledged.</summary>
internal sealed class ChaosFeed(ChaosPlan plan, ChaosSender sender, TimeSpan pace)
{
    private TaskCompletionSource nextDue = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>When the telemetry that makes a tick due was acknowledged.</summary>
    public ConcurrentDictionary<DateTimeOffset, DateTimeOffset> DueSince { get; } = new();

    /// <summary>Ends when the next tick has become due.</summary>
    public Task NextDue => nextDue.Task;

    /// <summary>All is sent.</summary>
    public bool IsDone { get; private set; }

    /// <summary>The calm minutes, as fast as they are taken.</summary>
    public async Task SendCalmAsync()
    {
        for (var minute = 0; minute < ChaosPlan.Calm; minute++)
        {
            await sender.SendAsync($"calm-{minute}", plan.Minute(minute));
        }
    }

    /// <summary>All others, as time passes, and what proves the last of them complete.</summary>
    public async Task SendAsync()
    {
        var start = TimeProvider.System.GetTimestamp();
        for (var minute = ChaosPlan.Calm; minute <= plan.Minutes; minute++)
        {
            for (var slice = 0; slice < (minute < plan.Minutes ? ChaosPlan.Slices : 1); slice++)
            {
                var due = pace * (minute - ChaosPlan.Calm + ((slice + 1.0) / ChaosPlan.Slices));
                if (due - TimeProvider.System.GetElapsedTime(start) is { Ticks: > 0 } wait)
                    await Task.Delay(wait, TimeProvider.System);

                await sender.SendAsync($"{minute}-{slice}", plan.Slice(minute, slice));
                if (slice == 0)
                    MakeDue(plan.Start.AddMinutes(minute));
            }
        }

        IsDone = true;
    }

    private void MakeDue(DateTimeOffset tick)
    {
        DueSince[tick] = TimeProvider.System.GetUtcNow();
        Interlocked.Exchange(ref nextDue, new(TaskCreationOptions.RunContinuationsAsynchronously)).SetResult();
    }
}
