namespace SreBot.Alerts.Rules;

/// <summary>What a tick without data, or whose query failed, counts as.</summary>
internal enum MissingPolicy
{
    /// <summary>Nothing moves and no timer advances.</summary>
    Hold,

    /// <summary>A clear.</summary>
    Ok,

    /// <summary>The value 0.</summary>
    Zero,

    /// <summary>A breach.</summary>
    Alert,

    /// <summary>A state of its own, with its own notification.</summary>
    State,
}
