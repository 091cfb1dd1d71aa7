namespace SreBot.Benchmarks.Chaos;

/// <summary>Looks again until something holds.</summary>
internal static class ChaosWait
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    /// <exception cref="TimeoutException">It never held.</exception>
    public static async Task UntilAsync(string what, Func<Task<bool>> holds, TimeSpan patience)
    {
        if (!await IsSeenAsync(holds, patience))
            throw new TimeoutException($"never seen: {what}");
    }

    /// <summary>False: patience ran out.</summary>
    public static async Task<bool> IsSeenAsync(Func<Task<bool>> holds, TimeSpan patience)
    {
        var start = TimeProvider.System.GetTimestamp();
        while (!await holds())
        {
            if (TimeProvider.System.GetElapsedTime(start) > patience)
                return false;

            await Task.Delay(Pause, TimeProvider.System);
        }

        return true;
    }
}
