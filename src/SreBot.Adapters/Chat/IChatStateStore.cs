namespace SreBot.Adapters.Chat;

/// <summary>What the adapters must remember over a restart.</summary>
public interface IChatStateStore
{
    /// <summary>False when the turn is already known by platform and event id.</summary>
    Task<bool> StoreTurnAsync(ChatTurn turn, CancellationToken cancel);

    /// <summary>The oldest turn that nobody works, leased until then; null when there is none. A turn whose lease ran out is given again.</summary>
    Task<StoredTurn?> TakeTurnAsync(TimeSpan lease, CancellationToken cancel);

    /// <summary>Holds a taken turn for that long from now.</summary>
    Task RenewTurnAsync(StoredTurn turn, TimeSpan lease, CancellationToken cancel);

    /// <summary>The turn is answered and is never given again.</summary>
    Task CompleteTurnAsync(StoredTurn turn, CancellationToken cancel);

    /// <summary>Keeps what a platform needs to post there unasked, such as Teams' conversation reference; the newest wins.</summary>
    Task SaveReferenceAsync(ChatAddress channel, string json, CancellationToken cancel);

    /// <summary>What <see cref="SaveReferenceAsync"/> kept for that channel, or null.</summary>
    Task<string?> FindReferenceAsync(ChatAddress channel, CancellationToken cancel);
}

/// <summary>A turn taken from the inbox.</summary>
/// <param name="Attempt">1 for the first; more after a crash.</param>
public sealed record StoredTurn(long Id, ChatTurn Turn, int Attempt);
