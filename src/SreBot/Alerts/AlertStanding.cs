using SreBot.Alerts.Rules;
using SreBot.Alerts.States;

namespace SreBot.Alerts;

/// <summary>A rule and where it stands.</summary>
/// <param name="Phase">The gravest of its groups.</param>
/// <param name="Since">When that began; null before the first tick.</param>
/// <param name="OpenGroups">How many groups have an episode open.</param>
internal sealed record AlertStanding(AlertRule Rule, AlertPhase Phase, DateTimeOffset? Since, double? Value, int OpenGroups)
{
    /// <summary>A mute or a silence covers the whole rule until then; null: none does.</summary>
    public DateTimeOffset? SilencedUntil { get; init; }

    /// <summary>Why it cannot be evaluated; null: it can.</summary>
    public string? Fault { get; init; }
}
