using SreBot.Adapters.Chat;

namespace SreBot.Hosting;

/// <summary>Takes turns from the surfaces: stored for the inbox loop, or answered at once.</summary>
internal sealed class TurnRouter(
    IChatStateStore state,
    InboxSignal signal,
    TurnForms forms,
    TurnAnswers answers) : IChatTurnHandler
{
    /// <summary>The button that asks a question: its value is the question.</summary>
    public const string AskVerb = "ask";

    public async Task EnqueueAsync(ChatTurn turn, CancellationToken cancel)
    {
        if (await state.StoreTurnAsync(turn, cancel))
        {
            signal.Raise();
        }
    }

    public async Task<ChatReply> AnswerNowAsync(ChatTurn turn, CancellationToken cancel)
    {
        if (Asked(turn) is { } question)
        {
            await EnqueueAsync(question, cancel);
            return ChatReply.Of($"Looking into it: {question.Text}") with { IsPrivate = true };
        }

        return await answers.AnswerAsync(turn, new NoProgress(), cancel);
    }

    public bool WantsForm(ChatTurn turn) => forms.Wanted(turn) is not null;

    /// <summary>The question that a button asks; null: the button does something else.</summary>
    public static ChatTurn? Asked(ChatTurn turn) => turn.Action is { Verb: AskVerb } ask
        ? turn with { Kind = ChatTurnKind.Message, Text = ask.Value, Action = null, EventId = turn.EventId + ":ask" }
        : null;

    private sealed class NoProgress : IProgress<string>
    {
        public void Report(string value)
        {
            // The person who clicked sees the answer at once.
        }
    }
}
