using System.Collections.Concurrent;
using SreBot.Adapters.Chat;

namespace SreBot.Adapters.Tests.Teams;

/// <summary>Keeps what came in, and answers buttons as told.</summary>
internal sealed class RecordingTurns : IChatTurnHandler
{
    public ConcurrentQueue<ChatTurn> Enqueued { get; } = new();
    public ConcurrentQueue<ChatTurn> Asked { get; } = new();
    public Func<ChatTurn, ChatReply> Answer { get; set; } = _ => ChatReply.Of("Done.");

    public Task EnqueueAsync(ChatTurn turn, CancellationToken cancel)
    {
        Enqueued.Enqueue(turn);
        return Task.CompletedTask;
    }

    public Task<ChatReply> AnswerNowAsync(ChatTurn turn, CancellationToken cancel)
    {
        Asked.Enqueue(turn);
        return Task.FromResult(Answer(turn));
    }
}
