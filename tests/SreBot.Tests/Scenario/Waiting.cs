namespace SreBot.Tests.Scenario;

/// <summary>Looks again until something holds. The time limit only bounds a failure.</summary>
internal static class Waiting
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    public static async Task UntilAsync(string what, Func<Task<bool>> holds)
    {
        using var patience = new CancellationTokenSource(SreBotProcess.Patience);
        while (!await holds())
        {
            Assert.False(patience.IsCancellationRequested, $"never seen: {what}");
            await Task.Delay(Pause, TimeProvider.System, TestContext.Current.CancellationToken);
        }
    }
}
