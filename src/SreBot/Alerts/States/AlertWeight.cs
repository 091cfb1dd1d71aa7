namespace SreBot.Alerts.States;

/// <summary>What a verdict counts as once the rule's policies were asked.</summary>
internal enum AlertWeight
{
    Breach,
    Between,
    Clear,

    /// <summary>It proves nothing: the phase stays and no timer advances.</summary>
    Hold,

    /// <summary>The own state for missing data.</summary>
    NoData,

    /// <summary>The own state for a failed query.</summary>
    Error,

    /// <summary>The group is no more: it resolves without a quiet time.</summary>
    Gone,
}
