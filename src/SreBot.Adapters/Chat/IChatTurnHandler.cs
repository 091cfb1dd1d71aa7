namespace SreBot.Adapters.Chat;

/// <summary>The road in: what adapters hand a turn to.</summary>
public interface IChatTurnHandler
{
    /// <summary>Stores the turn before the platform is acknowledged, then works it in the background; the answer goes out by <see cref="IChatPoster"/>.
    /// A turn whose event id is known is dropped.</summary>
    Task EnqueueAsync(ChatTurn turn, CancellationToken cancel);

    /// <summary>Answers within 2 s, for what the platform wants in the same response (a clicked button, a form that was sent). The adapter shows the reply to that person:
    /// a <see cref="ReplyForm"/> in it is opened where the platform can, and <see cref="ChatReply.Mistakes"/> leave a form open.</summary>
    Task<ChatReply> AnswerNowAsync(ChatTurn turn, CancellationToken cancel);

    /// <summary>Whether <see cref="AnswerNowAsync"/> answers the turn with a form, for platforms that open one at once and beside the conversation. Looks at nothing but the turn.</summary>
    bool WantsForm(ChatTurn turn) => false;
}
