namespace SreBot.Adapters.Chat;

/// <summary>The road in: what adapters hand a turn to.</summary>
public interface IChatTurnHandler
{
    /// <summary>Stores the turn before the platform is acknowledged, then works it in the background; the answer goes out by <see cref="IChatPoster"/>.
    /// A turn whose event id is known is dropped.</summary>
    Task EnqueueAsync(ChatTurn turn, CancellationToken cancel);

    /// <summary>Answers within 2 s, for what the platform wants in the same response (a clicked button). The adapter shows the reply to the person who clicked.</summary>
    Task<ChatReply> AnswerNowAsync(ChatTurn turn, CancellationToken cancel);
}
