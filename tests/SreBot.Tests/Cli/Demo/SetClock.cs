namespace SreBot.Tests.Cli.Demo;

/// <summary>Shows the time that a test sets; its timers fire when the test says so.</summary>
internal sealed class SetClock(DateTimeOffset now) : TimeProvider
{
    private readonly List<Action> timers = [];

    public DateTimeOffset Now { get; set; } = now;

    public override DateTimeOffset GetUtcNow() => Now;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        timers.Add(() => callback(state));
        return new Timer();
    }

    public void Tick(TimeSpan passed)
    {
        Now += passed;
        timers.ForEach(timer => timer());
    }

    private sealed class Timer : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => true;
        public void Dispose() { }
        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
