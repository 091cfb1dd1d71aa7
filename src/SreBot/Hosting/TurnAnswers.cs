using SreBot.Access;
using SreBot.Adapters.Chat;
using SreBot.Model;
using SreBot.Planning;

namespace SreBot.Hosting;

/// <summary>Answers one turn as its sender. A failure is a sentence, never an exception.</summary>
internal sealed partial class TurnAnswers(CallerResolver callers, TextRouter router, TurnForms forms, IEnumerable<IActionHandler> actions, ILogger<TurnAnswers> logger)
{
    public Task<ChatReply> AnswerAsync(ChatTurn turn, IProgress<string> progress, CancellationToken cancel) => GuardAsync(turn, async () =>
    {
        var resolved = await callers.ResolveAsync(turn, cancel);
        if ((turn.Action ?? forms.Wanted(turn)) is { } action)
        {
            return await ActAsync(action, resolved.Caller, cancel);
        }

        // An answer for one person stays out of the thread's memory.
        var thread = resolved.IsPrivate ? null : turn.Address.ToConversation();
        var reply = turn.Kind switch
        {
            ChatTurnKind.Command => await router.CommandAsync(turn.Command!, turn.Text, resolved.Caller, thread, progress, cancel),
            ChatTurnKind.Shortcut => await router.ExplainAsync(turn.Command!, turn.Text, resolved.Caller, thread, progress, cancel),
            _ => await router.AnswerAsync(turn.Text, resolved.Caller, thread, progress, cancel),
        };
        return resolved.IsPrivate ? reply with { IsPrivate = true } : reply;
    });

    private Task<ChatReply> ActAsync(ChatAction action, Caller caller, CancellationToken cancel)
    {
        var handler = actions.FirstOrDefault(handler => handler.Verb == action.Verb)
            ?? throw new SreException(SreErrorKind.NotFound, "That button is from an older version; ask again for a new one.");
        return (handler, action.Fields) is (IFormHandler form, { } fields) ? form.SubmitAsync(action.Value, fields, caller, cancel) : handler.HandleAsync(action.Value, caller, cancel);
    }

    /// <summary>What a person may read becomes the answer, anything else is logged once.</summary>
    private async Task<ChatReply> GuardAsync(ChatTurn turn, Func<Task<ChatReply>> answer)
    {
        try
        {
            return await answer();
        }
        catch (SreException error)
        {
            return Refuse(turn, error.Message) with { IsPrivate = error.Kind == SreErrorKind.Forbidden };
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            LogTurnFailed(error);
            return Refuse(turn, "Internal error; the log says more.");
        }
    }

    /// <summary>What is wrong with a form as a whole keeps it open, so that nothing has to be written twice.</summary>
    private static ChatReply Refuse(ChatTurn turn, string sentence) =>
        ChatReply.Of(sentence) with { Mistakes = turn.Action?.Fields is null ? null : new Dictionary<string, string> { [""] = sentence } };

    [LoggerMessage(LogLevel.Error, "A turn could not be answered")]
    private partial void LogTurnFailed(Exception error);
}
