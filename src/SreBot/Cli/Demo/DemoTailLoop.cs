namespace SreBot.Cli.Demo;

/// <summary>Goes on writing the demo's telemetry while serving, and tells its stories.</summary>
internal sealed partial class DemoTailLoop(DemoWriter writer, DemoGate gate, TimeProvider time, ILogger<DemoTailLoop> logger) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Recheck = TimeSpan.FromMinutes(1);

    private DateTimeOffset? checkedAt;
    private bool hasBegun;
    private bool isFailing;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Pause, time);
        do
        {
            try
            {
                if (!await PassAsync(time.GetUtcNow(), stoppingToken))
                    return;
                isFailing = false;
            }
            catch (Exception error) when (error is not OperationCanceledException)
            {
                if (!isFailing)
                    LogFailed(error);
                isFailing = true;
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    /// <returns>False: nothing is to be written until the next start.</returns>
    private async Task<bool> PassAsync(DateTimeOffset now, CancellationToken cancel)
    {
        if (checkedAt is null || now - checkedAt >= Recheck)
        {
            if (await gate.RefusalAsync(cancel) is { } why)
            {
                LogOff(why);
                return false;
            }

            checkedAt = now;
        }

        hasBegun |= await writer.CatchUpAsync(now, hasBegun ? DemoScenario.Continue : DemoScenario.Begin, cancel);
        return true;
    }

    [LoggerMessage(LogLevel.Information, "No demo telemetry is written: {Why}")]
    private partial void LogOff(string why);

    [LoggerMessage(LogLevel.Error, "Writing the demo's telemetry failed; it is tried again every two seconds")]
    private partial void LogFailed(Exception error);
}
