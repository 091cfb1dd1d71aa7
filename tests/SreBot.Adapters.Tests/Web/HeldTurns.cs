using System.Collections.Concurrent;
using System.Threading.Channels;
using SreBot.Adapters.Chat;

namespace SreBot.Adapters.Tests.Web;

/// <summary>Hands each turn to the test, which answers when it likes; a known event id is dropped.</summary>
internal sealed class HeldTurns : IChatTurnHandler
{
    private readonly ConcurrentDictionary<string, bool> known = new();
    private readonly Channel<ChatTurn> turns = Channel.CreateUnbounded<ChatTurn>();

    /// <summary>Answers a click.</summary>
    public Func<ChatTurn, Task<ChatReply>> Answer { get; set; } = _ => Task.FromResult(ChatReply.Of("Done."));

    public int Waiting => turns.Reader.Count;

    public Task EnqueueAsync(ChatTurn turn, CancellationToken cancel)
    {
        if (known.TryAdd(turn.EventId, true))
            turns.Writer.TryWrite(turn);
        return Task.CompletedTask;
    }

    public Task<ChatReply> AnswerNowAsync(ChatTurn turn, CancellationToken cancel) => Answer(turn);

    public async Task<ChatTurn> NextAsync() => await turns.Reader.ReadAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(TimeSpan.FromSeconds(30));
}
