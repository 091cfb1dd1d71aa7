using Microsoft.Extensions.Logging;
using SreBot.Adapters.Chat;

namespace SreBot.Adapters.Slack;

/// <summary>Hands what came from Slack, by either transport, to the bot in time for Slack's 3 s.</summary>
internal sealed partial class SlackInbound(IChatTurnHandler turns, SlackAnswers answers, SlackHome home, SlackAssistant assistant, ISlackTokens tokens, TimeProvider time, ILogger<SlackInbound> log)
{
    /// <summary>Slack waits 3 s, the way there and back included.</summary>
    private static readonly TimeSpan TimeToStore = TimeSpan.FromSeconds(2);
    private const string TooSlow = "That could not be taken in now. Please try again in a moment.";

    public async Task<SlackAcknowledgement> TakeAsync(SlackEnvelope envelope, CancellationToken cancel)
    {
        switch (envelope)
        {
            case SlackEnvelope.Turn click when click.What.Kind == ChatTurnKind.Action || answers.OpensForm(click):
                answers.InBackground(click.What.EventId, cancel => answers.AnswerAsync(click, cancel));
                return SlackAcknowledgement.Taken;
            case SlackEnvelope.Turn { What: var turn }:
                return await StoreAsync(turn, cancel);
            case SlackEnvelope.Submission form:
                return await answers.SubmitAsync(form, cancel);
            case SlackEnvelope.HomeOpened { Who: var who }:
                answers.InBackground("the page of a person", cancel => home.ShowAsync(who, null, cancel));
                return SlackAcknowledgement.Taken;
            case SlackEnvelope.ThreadStarted started:
                answers.InBackground("the start of a conversation", cancel => assistant.SuggestAsync(started.Thread, started.Who, cancel));
                return SlackAcknowledgement.Taken;
            case SlackEnvelope.RateLimited limited:
                LogRateLimited(limited.Workspace);
                return SlackAcknowledgement.Taken;
            case SlackEnvelope.Removed removed:
                return await RemoveAsync(removed, cancel);
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
            if (turn is { Kind: ChatTurnKind.Message, IsDirect: true })
                answers.InBackground(turn.EventId, cancel => assistant.NameAsync(turn, cancel));
            return SlackAcknowledgement.Taken;
        }
        catch (Exception error)
        {
            LogNotStored(error, turn.EventId);
            // Slack repeats events and never commands.
            return turn.Kind == ChatTurnKind.Command ? SlackAcknowledgement.Say(TooSlow) : SlackAcknowledgement.Again;
        }
    }

    private async Task<SlackAcknowledgement> RemoveAsync(SlackEnvelope.Removed removed, CancellationToken cancel)
    {
        try
        {
            await tokens.RemoveAsync(removed, cancel).WaitAsync(TimeToStore, time, cancel);
            return SlackAcknowledgement.Taken;
        }
        catch (Exception error)
        {
            LogNotRemoved(error, removed.Workspaces[0]);
            return SlackAcknowledgement.Again;
        }
    }

    [LoggerMessage(LogLevel.Error, "Turn {EventId} was not stored; Slack is asked to deliver it again")]
    private partial void LogNotStored(Exception error, string eventId);

    [LoggerMessage(LogLevel.Error, "The token of the Slack workspace {Workspace} was not dropped; Slack is asked to tell it again")]
    private partial void LogNotRemoved(Exception error, string workspace);

    [LoggerMessage(LogLevel.Warning, "Slack drops events of {Workspace}: more than 30,000 came within an hour")]
    private partial void LogRateLimited(string workspace);

    [LoggerMessage(LogLevel.Debug, "Ignored from Slack: {Why}")]
    private partial void LogIgnored(string why);
}
