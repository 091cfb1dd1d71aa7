using Microsoft.Extensions.Options;

namespace SreBot.Alerts.Evaluation;

/// <summary>Looks every few seconds whether a minute is complete.</summary>
internal sealed partial class AlertEvaluatorLoop(AlertEvaluator evaluator, IOptions<AlertOptions> options, TimeProvider time, ILogger<AlertEvaluatorLoop> log) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.Value.Poll, time);
        do
        {
            try
            {
                var pass = await evaluator.EvaluateAsync(time.GetUtcNow(), stoppingToken);
                if (pass.Notices > 0)
                {
                    LogEvaluated(pass.Ticks, pass.Notices);
                }
            }
            catch (Exception error) when (error is not OperationCanceledException)
            {
                LogPassFailed(error);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        try
        {
            await evaluator.LeaveAsync(cancellationToken);
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            LogNotLeft(error);
        }
    }

    [LoggerMessage(LogLevel.Information, "The leases could not be given back; they run out by themselves")]
    private partial void LogNotLeft(Exception error);

    [LoggerMessage(LogLevel.Information, "{Ticks} minutes evaluated, {Notices} notices")]
    private partial void LogEvaluated(int ticks, int notices);

    [LoggerMessage(LogLevel.Error, "Alert evaluation failed; the next pass tries again")]
    private partial void LogPassFailed(Exception error);
}
