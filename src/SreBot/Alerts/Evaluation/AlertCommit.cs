namespace SreBot.Alerts.Evaluation;

/// <summary>What came of committing a tick.</summary>
internal enum AlertCommit
{
    Done,

    /// <summary>Another evaluates the shard now, or the tick was committed before; nothing was written.</summary>
    LeaseLost,

    /// <summary>A rule was edited meanwhile; nothing was written, and the tick is evaluated again.</summary>
    RulesChanged,

    /// <summary>The connection was lost while PostgreSQL committed: what is written must be read again.</summary>
    Unknown,
}
