using System.Collections.Concurrent;
using System.Threading.Channels;
using SreBot.Adapters.Chat;

namespace SreBot.Adapters.Tests.Slack;

/// <summary>Keeps each new turn, as the inbox does.</summary>
internal sealed class RecordingTurns : IChatTurnHandler
{
    private readonly ConcurrentDictionary<string, bool> _known = new();

    public Channel<ChatTurn> Stored { get; } = Channel.CreateUnbounded<ChatTurn>();
    public Channel<ChatTurn> Clicked { get; } = Channel.CreateUnbounded<ChatTurn>();
    public int Deliveries;

    public Func<ChatTurn, CancellationToken, Task> BeforeStoring { get; set; } = (_, _) => Task.CompletedTask;
    public Func<ChatTurn, ChatReply> Answer { get; set; } = turn => ChatReply.Of($"Done: {turn.Action!.Verb} {turn.Action.Value}");

    /// <summary>Awaited before a click is answered.</summary>
    public Func<ChatTurn, CancellationToken, Task> BeforeAnswering { get; set; } = (_, _) => Task.CompletedTask;
    public Func<ChatTurn, bool> HasForm { get; set; } = _ => false;

    public bool WantsForm(ChatTurn turn) => HasForm(turn);

    public async Task EnqueueAsync(ChatTurn turn, CancellationToken cancel)
    {
        Interlocked.Increment(ref Deliveries);
        await BeforeStoring(turn, cancel);
        if (_known.TryAdd(turn.EventId, true))
            await Stored.Writer.WriteAsync(turn, cancel);
    }

    public async Task<ChatReply> AnswerNowAsync(ChatTurn turn, CancellationToken cancel)
    {
        await Clicked.Writer.WriteAsync(turn, cancel);
        await BeforeAnswering(turn, cancel);
        return Answer(turn);
    }
}
