using SreBot.Alerts.Rules;

namespace SreBot.Cli.Seeding;

/// <summary>What a rule would have said.</summary>
/// <param name="Group">The value of the rule's dimension; null: it has none.</param>
/// <param name="Value">When it triggered.</param>
/// <param name="ResolvedAt">Null: not within what was read.</param>
internal sealed record SeedEpisode(AlertRule Rule, string? Group, double Value, DateTimeOffset TriggeredAt, DateTimeOffset? ResolvedAt)
{
    /// <summary>The start of the first breaching window.</summary>
    public DateTimeOffset StartedAt => TriggeredAt - Rule.Window;
}
