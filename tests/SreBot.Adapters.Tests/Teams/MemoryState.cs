using System.Collections.Concurrent;
using SreBot.Adapters.Chat;

namespace SreBot.Adapters.Tests.Teams;

/// <summary>References for as long as the test runs; survives a host.</summary>
internal sealed class MemoryState : IChatStateStore
{
    public ConcurrentDictionary<ChatAddress, string> References { get; } = new();

    public Task SaveReferenceAsync(ChatAddress channel, string json, CancellationToken cancel)
    {
        References[channel] = json;
        return Task.CompletedTask;
    }

    public Task<string?> FindReferenceAsync(ChatAddress channel, CancellationToken cancel) => Task.FromResult(References.GetValueOrDefault(channel));

    public Task<bool> StoreTurnAsync(ChatTurn turn, CancellationToken cancel) => throw new NotSupportedException("Turns go through the handler.");

    public Task<StoredTurn?> TakeTurnAsync(TimeSpan lease, CancellationToken cancel) => throw new NotSupportedException("Turns go through the handler.");

    public Task RenewTurnAsync(StoredTurn turn, TimeSpan lease, CancellationToken cancel) => throw new NotSupportedException("Turns go through the handler.");

    public Task CompleteTurnAsync(StoredTurn turn, CancellationToken cancel) => throw new NotSupportedException("Turns go through the handler.");
}
