namespace SreBot.Hosting;

/// <summary>Wakes the inbox loop when a turn was stored; a lost signal costs one poll.</summary>
internal sealed class InboxSignal : IDisposable
{
    private readonly SemaphoreSlim signal = new(0, 1);

    public void Raise()
    {
        try
        {
            signal.Release();
        }
        catch (SemaphoreFullException)
        {
            // Somebody raised it already.
        }
    }

    /// <summary>Returns when raised, or when the time has passed.</summary>
    public Task WaitAsync(TimeSpan atMost, CancellationToken cancel) => signal.WaitAsync(atMost, cancel);

    public void Dispose() => signal.Dispose();
}
