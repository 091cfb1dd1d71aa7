using System.Text.Json.Serialization;

namespace SreBot.Alerts.Rules;

/// <summary>What a tick with fewer than the rule's requests counts as while an episode is open.</summary>
internal enum InsufficientPolicy
{
    /// <summary>Nothing moves and no timer advances.</summary>
    Hold,

    /// <summary>A clear.</summary>
    Clear,

    /// <summary>The value counts all the same: too few requests keep from triggering only.</summary>
    [JsonStringEnumMemberName("gate_trigger")]
    GateTrigger,
}
