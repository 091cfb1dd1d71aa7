using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace SreBot.Adapters.Slack;

/// <summary>Renews tokens ahead of use, so that nobody's click waits for it.</summary>
internal sealed partial class SlackTokenLoop(ISlackTokens tokens, TimeProvider time, ILogger<SlackTokenLoop> log) : BackgroundService
{
    public static readonly TimeSpan Every = TimeSpan.FromMinutes(30);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                foreach (var workspace in await tokens.ListAsync(stoppingToken) ?? [])
                    await tokens.FindAsync(workspace, stoppingToken);
            }
            catch (Exception error) when (error is not OperationCanceledException)
            {
                LogFailed(error);
            }
        }
    }

    [LoggerMessage(LogLevel.Error, "Slack tokens were not looked after; the next round tries again")]
    private partial void LogFailed(Exception error);
}
