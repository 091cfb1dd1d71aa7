using SreBot.Telemetry;

namespace SreBot.Alerts.Evaluation;

/// <summary>What reads have found out about a rule set: kept as long as the set.</summary>
internal sealed class AlertSetMemory
{
    private AlertPlan? plan;

    /// <summary>Tells the mirror's rows from those of all other sets; null before they were written.</summary>
    public ulong? MirrorKey { get; set; }

    /// <summary>Part of the key, after rows under an older one went away: what was dropped once is not taken again under the same token.</summary>
    public Guid Salt { get; set; }

    /// <summary>How many rows the mirror holds.</summary>
    public long MirrorRows { get; set; }

    /// <summary>Numbers of windows whose own query failed: they are read one by one, so that they stop no others.</summary>
    public HashSet<int> Poisoned { get; } = [];

    public AlertPlan Plan(AlertRuleSet set, ITelemetryStore telemetry) => plan ??= AlertPlan.Of(set.Rules, needs => telemetry.Require(set.Database, needs));
}
