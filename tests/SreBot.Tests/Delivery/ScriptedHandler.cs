using System.Collections.Concurrent;
using SreBot.Delivery;

namespace SreBot.Tests.Delivery;

/// <summary>Handles rows named <c>work</c> as it is told to; delivered when it is told nothing.</summary>
internal sealed class ScriptedHandler(params Func<OutboxOutcome>[] outcomes) : IOutboxHandler
{
    private readonly ConcurrentQueue<Func<OutboxOutcome>> script = new(outcomes);

    public string Name => "work";

    public ConcurrentQueue<string> Worked { get; } = new();

    public Task<OutboxOutcome> HandleAsync(OutboxItem item, CancellationToken cancel)
    {
        Worked.Enqueue($"{item.Subject} {item.Sequence}");
        return Task.FromResult(script.TryDequeue(out var outcome) ? outcome() : new OutboxOutcome.Delivered());
    }
}
