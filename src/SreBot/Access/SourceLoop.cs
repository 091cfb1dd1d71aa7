namespace SreBot.Access;

/// <summary>Looks after the sources of telemetry once a minute.</summary>
internal sealed partial class SourceLoop(SourceUpkeep upkeep, TimeProvider time, ILogger<SourceLoop> log) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Pause, time);
        do
        {
            try
            {
                if (await upkeep.RunAsync(stoppingToken) is > 0 and var added)
                    LogAdded(added);
            }
            catch (Exception error) when (error is not OperationCanceledException)
            {
                LogFailed(error);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    [LoggerMessage(LogLevel.Information, "{Projects} projects became known by their requests")]
    private partial void LogAdded(int projects);

    [LoggerMessage(LogLevel.Error, "Looking after the telemetry sources failed; the next pass tries again")]
    private partial void LogFailed(Exception error);
}
