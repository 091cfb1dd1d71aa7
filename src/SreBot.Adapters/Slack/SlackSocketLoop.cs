using System.Net.WebSockets;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace SreBot.Adapters.Slack;

/// <summary>Keeps one Socket Mode connection open; the old one is let go only when the new one has been greeted.</summary>
internal sealed partial class SlackSocketLoop(SlackApi api, SlackInbound inbound, SlackSocketTiming timing, TimeProvider time, ILogger<SlackSocketLoop> log) : BackgroundService
{
    private static readonly TimeSpan ShortestWait = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(1);

    /// <summary>A connection that lived this long was a good one.</summary>
    private static readonly TimeSpan Settled = TimeSpan.FromSeconds(30);

    /// <summary>Null while a connection stands; else why none does.</summary>
    public string? Trouble { get; private set; } = "No connection has been made yet.";

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        SlackSocket? current = null;
        var failures = 0;
        try
        {
            while (true)
            {
                if (await TryOpenAsync(stoppingToken) is not { } next)
                {
                    await WaitAsync(++failures, stoppingToken);
                    continue;
                }
                if (current is not null)
                    await current.DisposeAsync();
                current = next;
                Trouble = null;
                var since = time.GetTimestamp();
                var reason = await current.Retired.WaitAsync(stoppingToken);
                LogRetired(reason);
                failures = time.GetElapsedTime(since) >= Settled ? 0 : failures + 1;
                var isRefresh = reason is "refresh_requested" or "warning"; // the old connection serves until the new one does
                Trouble = isRefresh ? null : Sentence(reason);
                if (failures > (isRefresh ? 1 : 0))
                    await WaitAsync(failures, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // the end of the service
        }
        finally
        {
            if (current is not null)
                await current.DisposeAsync();
        }
    }

    private async Task<SlackSocket?> TryOpenAsync(CancellationToken cancel)
    {
        try
        {
            var result = await api.OpenConnectionAsync(cancel);
            if (result is SlackResult.Ok ok && Uri.TryCreate(ok.Body.Text("url"), UriKind.Absolute, out var address))
            {
                var socket = await SlackSocket.ConnectAsync(address, inbound, timing, time, log, cancel);
                LogConnected();
                return socket;
            }
            NotOpened(result switch { SlackResult.Refused no => no.Why, SlackResult.Unavailable later => later.Why, _ => "Slack named no address." });
        }
        catch (Exception error) when (error is WebSocketException or OperationCanceledException && !cancel.IsCancellationRequested)
        {
            NotOpened(error.Message);
        }
        return null;
    }

    private static string Sentence(string reason) => reason switch
    {
        "link_disabled" => "Socket Mode was switched off: switch it on at the app's page Socket Mode.",
        "too_many_websockets" => "The app has more than ten connections to Slack: stop the copies that are too many.",
        _ => $"The connection ended ({reason}); a new one is being opened.",
    };

    private void NotOpened(string why)
    {
        Trouble = why;
        LogNotOpened(why);
    }

    /// <summary>1 s, then twice as long each time, to 1 minute; up to a quarter more, so that many bots do not come at once.</summary>
    private Task WaitAsync(int failures, CancellationToken cancel)
    {
        var wait = ShortestWait * Math.Min(Math.Pow(2, failures - 1), LongestWait / ShortestWait);
        return Task.Delay(wait * (1 + Random.Shared.NextDouble() / 4), time, cancel);
    }

    [LoggerMessage(LogLevel.Information, "Connected to Slack by Socket Mode")]
    private partial void LogConnected();

    [LoggerMessage(LogLevel.Information, "The Slack socket is to be replaced: {Reason}")]
    private partial void LogRetired(string reason);

    [LoggerMessage(LogLevel.Error, "No socket to Slack; it is tried again. {Why}")]
    private partial void LogNotOpened(string why);
}
