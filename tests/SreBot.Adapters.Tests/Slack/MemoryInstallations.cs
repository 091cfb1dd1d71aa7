using System.Collections.Concurrent;
using Microsoft.AspNetCore.DataProtection;
using SreBot.Adapters.Chat;

namespace SreBot.Adapters.Tests.Slack;

/// <summary>Installations in memory, shared by the hosts of a test as replicas share a database.</summary>
internal sealed class MemoryInstallations(TimeProvider time) : IChatInstallations
{
    private readonly ConcurrentDictionary<string, ChatInstallation> _kept = new();
    private readonly ConcurrentDictionary<string, bool> _tickets = new();
    private readonly SemaphoreSlim _turn = new(1, 1);

    public IDataProtectionProvider Protection { get; } = new EphemeralDataProtectionProvider();

    /// <summary>Runs once, between a reading and what is done with it.</summary>
    public Func<Task>? AfterFind { get; set; }

    public async Task<ChatInstallation?> FindAsync(string platform, string workspace, CancellationToken cancel)
    {
        var found = _kept.GetValueOrDefault(workspace);
        if (AfterFind is { } hook)
        {
            AfterFind = null;
            await hook();
        }
        return found;
    }

    public Task<IReadOnlyList<string>> ListAsync(string platform, CancellationToken cancel) => Task.FromResult<IReadOnlyList<string>>([.. _kept.Keys.Order(StringComparer.Ordinal)]);

    public Task SaveAsync(string platform, string workspace, string secret, CancellationToken cancel)
    {
        _kept[workspace] = new(workspace, secret, time.GetUtcNow());
        return Task.CompletedTask;
    }

    public async Task<string?> ChangeAsync(string platform, string workspace, Func<ChatInstallation, Task<string?>> change, CancellationToken cancel)
    {
        await _turn.WaitAsync(cancel);
        try
        {
            if (!_kept.TryGetValue(workspace, out var now))
                return null;
            var next = await change(now);
            if (next is null)
                _kept.TryRemove(workspace, out _);
            else if (next != now.Secret)
                _kept[workspace] = new(workspace, next, time.GetUtcNow());
            return next;
        }
        finally
        {
            _turn.Release();
        }
    }

    public Task<bool> TakeOnceAsync(string ticket, DateTimeOffset until, CancellationToken cancel) => Task.FromResult(_tickets.TryAdd(ticket, true));
}
