using SreBot.Access;
using SreBot.Adapters.Chat;
using SreBot.Model;
using SreBot.Planning;

namespace SreBot.Hosting;

/// <summary>Answers one turn as its sender. A failure is a sentence, never an exception.</summary>
internal sealed partial class TurnAnswers(CallerResolver callers, TextRouter router, IEnumerable<IActionHandler> actions, ILogger<TurnAnswers> logger)
{
    public Task<ChatReply> AnswerAsync(ChatTurn turn, IProgress<string> progress, CancellationToken cancel) => GuardAsync(async () =>
    {
        var resolved = await callers.ResolveAsync(turn, cancel);
        if (turn.Action is { } action)
        {
            var handler = actions.FirstOrDefault(handler => handler.Verb == action.Verb)
                ?? throw new SreException(SreErrorKind.NotFound, "That button is from an older version; ask again for a new one.");
            return await handler.HandleAsync(action.Value, resolved.Caller, cancel);
        }

        // An answer for one person stays out of the thread's memory.
        var thread = resolved.IsPrivate ? null : turn.Address.ToConversation();
        var reply = turn.Kind == ChatTurnKind.Command
            ? await router.CommandAsync(turn.Command!, turn.Text, resolved.Caller, thread, progress, cancel)
            : await router.AnswerAsync(turn.Text, resolved.Caller, thread, progress, cancel);
        return resolved.IsPrivate ? reply with { IsPrivate = true } : reply;
    });

    /// <summary>What a person may read becomes the answer, anything else is logged once.</summary>
    private async Task<ChatReply> GuardAsync(Func<Task<ChatReply>> answer)
    {
        try
        {
            return await answer();
        }
        catch (SreException error)
        {
            return ChatReply.Of(error.Message) with { IsPrivate = error.Kind == SreErrorKind.Forbidden };
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            LogTurnFailed(error);
            return ChatReply.Of("Internal error; the log says more.");
        }
    }

    [LoggerMessage(LogLevel.Error, "A turn could not be answered")]
    private partial void LogTurnFailed(Exception error);
}
