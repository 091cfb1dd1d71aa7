using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using SreBot.Adapters.Chat;

namespace SreBot.Adapters.Slack;

/// <summary>Hands what came from Slack, by either transport, to the bot in time for Slack's 3 s.</summary>
internal sealed partial class SlackInbound(IChatTurnHandler turns, SlackPoster poster, SlackApi api, TimeProvider time, IHostApplicationLifetime lifetime, ILogger<SlackInbound> log)
{
    /// <summary>Slack waits 3 s, the way there and back included.</summary>
    private static readonly TimeSpan TimeToStore = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan TimeToAnswer = TimeSpan.FromSeconds(10);
    private const string TooSlow = "That could not be taken in now. Please try again in a moment.";

    private readonly ConcurrentDictionary<Task, byte> _answering = new();

    public async Task<SlackAcknowledgement> TakeAsync(SlackEnvelope envelope, CancellationToken cancel)
    {
        switch (envelope)
        {
            case SlackEnvelope.Turn { What.Kind: ChatTurnKind.Action } click:
                AnswerInBackground(click);
                return SlackAcknowledgement.Taken;
            case SlackEnvelope.Turn { What: var turn }:
                return await StoreAsync(turn, cancel);
            case SlackEnvelope.RateLimited limited:
                LogRateLimited(limited.Workspace);
                return SlackAcknowledgement.Taken;
            case SlackEnvelope.Ignored { Why: var why }:
                LogIgnored(why);
                return SlackAcknowledgement.Taken;
            default:
                return SlackAcknowledgement.Taken;
        }
    }

    private async Task<SlackAcknowledgement> StoreAsync(ChatTurn turn, CancellationToken cancel)
    {
        using var patience = new CancellationTokenSource(TimeToStore, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancel);
        try
        {
            await turns.EnqueueAsync(turn, either.Token).WaitAsync(either.Token);
            return SlackAcknowledgement.Taken;
        }
        catch (Exception error)
        {
            LogNotStored(error, turn.EventId);
            // Slack repeats events and never commands.
            return turn.Kind == ChatTurnKind.Command ? new(true, TooSlow) : SlackAcknowledgement.Again;
        }
    }

    private void AnswerInBackground(SlackEnvelope.Turn click)
    {
        var answering = Task.Run(() => AnswerAsync(click), CancellationToken.None);
        _answering[answering] = 0;
        answering.ContinueWith(done => _answering.TryRemove(done, out _), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    }

    private async Task AnswerAsync(SlackEnvelope.Turn click)
    {
        var cancel = lifetime.ApplicationStopping;
        using var patience = new CancellationTokenSource(TimeToAnswer, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancel);
        try
        {
            var reply = await turns.AnswerNowAsync(click.What, either.Token);
            if (string.IsNullOrWhiteSpace(reply.Summary) && reply.Blocks.Count == 0)
                return;
            var place = click.HasEmptyThread ? click.What.Address with { Thread = null } : click.What.Address;
            var outcome = await poster.PostPrivateAsync(place, click.What.User, reply, click.What.EventId, cancel);
            if (outcome is not PostOutcome.Posted && click.ResponseUrl is { } address)
                await api.RespondAsync(address, new JsonObject { ["response_type"] = "ephemeral", ["replace_original"] = false, ["text"] = SlackBlocks.Summary(reply) }, cancel);
        }
        catch (Exception error)
        {
            LogNotAnswered(error, click.What.EventId);
        }
    }

    [LoggerMessage(LogLevel.Error, "Turn {EventId} was not stored; Slack is asked to deliver it again")]
    private partial void LogNotStored(Exception error, string eventId);

    [LoggerMessage(LogLevel.Error, "Click {EventId} was not answered")]
    private partial void LogNotAnswered(Exception error, string eventId);

    [LoggerMessage(LogLevel.Warning, "Slack drops events of {Workspace}: more than 30,000 came within an hour")]
    private partial void LogRateLimited(string workspace);

    [LoggerMessage(LogLevel.Debug, "Ignored from Slack: {Why}")]
    private partial void LogIgnored(string why);
}
