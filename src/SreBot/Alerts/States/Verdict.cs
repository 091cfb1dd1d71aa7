namespace SreBot.Alerts.States;

/// <summary>What one tick says of a rule, or of one group of it.</summary>
internal enum Verdict
{
    Breach,

    /// <summary>No breach, but not past the recovery threshold either.</summary>
    Between,
    Clear,

    /// <summary>Fewer requests than the rule wants.</summary>
    Insufficient,
    NoData,

    /// <summary>The rule's own query failed, or gave what is no number.</summary>
    Error,

    /// <summary>The query answered, with other groups and without this one.</summary>
    Vanished,

    /// <summary>Nothing was learned of this group: what is missing is said once, of the whole rule.</summary>
    Unknown,
}
