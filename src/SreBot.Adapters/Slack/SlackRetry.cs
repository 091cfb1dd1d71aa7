namespace SreBot.Adapters.Slack;

/// <summary>Makes a call again for a moment, as Slack asks for it.</summary>
internal static class SlackRetry
{
    private const int MostFaults = 3;
    private const int MostLimits = 6;
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(30);

    /// <summary>The first result that is final, or the last.</summary>
    /// <param name="isSafeToRepeat">False: the call is not made again once it may have done its work.</param>
    public static async Task<SlackResult> CallAsync(Func<Task<SlackResult>> call, bool isSafeToRepeat, TimeProvider time, CancellationToken cancel)
    {
        for (var attempt = 1; ; attempt++)
        {
            var result = await call();
            if (result is not SlackResult.Unavailable later || attempt >= (later.IsUncertain ? MostFaults : MostLimits) || later.IsUncertain && !isSafeToRepeat || later.After > LongestWait)
                return result;
            await Task.Delay(later.After ?? TimeSpan.FromSeconds(attempt), time, cancel);
        }
    }
}
