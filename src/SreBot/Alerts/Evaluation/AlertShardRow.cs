namespace SreBot.Alerts.Evaluation;

/// <summary>A row of the table <c>alert_shard</c>.</summary>
internal sealed record AlertShardRow
{
    public int Shard { get; init; }
    public string? Holder { get; init; }
    public long Fence { get; init; }

    /// <summary>The lease has not run out.</summary>
    public bool IsLive { get; init; }

    /// <summary>Nobody else is changing the row right now.</summary>
    public bool IsFree { get; init; }

    /// <summary>UTC; null before the first.</summary>
    public DateTime? LastTick { get; init; }

    /// <summary>UTC; as <see cref="AlertLease.BegunAt"/>.</summary>
    public DateTime? BegunAt { get; init; }
}
