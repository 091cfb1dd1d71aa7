namespace SreBot.Alerts.Evaluation;

/// <summary>All that a tick writes of one shard.</summary>
/// <param name="BookVersion">Of the rules that were evaluated.</param>
/// <param name="Worst">The worst request of episodes that begin; may lack some.</param>
internal sealed record AlertTickWrite(AlertLease Lease, DateTimeOffset Tick, long BookVersion, IReadOnlyList<AlertChange> Changes,
    IReadOnlyDictionary<(Guid AlertId, string GroupKey), WorstRequest> Worst)
{
    public IReadOnlyList<AlertEnding> Endings { get; init; } = [];
    public AlertFaults Faults { get; init; } = AlertFaults.None;
    public IReadOnlyList<SelfAlertChange> SelfAlerts { get; init; } = [];

    /// <summary>What was held back while catching up, and has ended, is told once all shards are past this; null: not now.</summary>
    public DateTimeOffset? DigestOnce { get; init; }
}
