using SreBot.Telemetry;

namespace SreBot.Alerts.Evaluation;

/// <summary>What reads have found out about a rule set: kept as long as the set.</summary>
/// <param name="before">Of the same telemetry's rules before they changed.</param>
internal sealed class AlertSetMemory(AlertSetMemory? before = null)
{
    private readonly Dictionary<int, AlertMinutes> minutes = [];
    private readonly List<AlertMinutes> inherited = before is null ? [] : [.. before.minutes.Values, .. before.inherited];
    private AlertPlan? plan;

    /// <summary>Nothing was known of the telemetry's rules before.</summary>
    public bool IsFirst { get; } = before is null;

    /// <summary>Tells the mirror's rows from those of all other sets; null before they were written.</summary>
    public ulong? MirrorKey { get; set; }

    /// <summary>Part of the key, after rows under an older one went away: what was dropped once is not taken again under the same token.</summary>
    public Guid Salt { get; set; }

    /// <summary>How many rows the mirror holds.</summary>
    public long MirrorRows { get; set; }

    /// <summary>Numbers of windows whose own query failed: they are read one by one, so that they stop no others.</summary>
    public HashSet<int> Poisoned { get; } = [];

    /// <summary>What is known of the minutes of a query's windows, under those shards.</summary>
    public AlertMinutes Minutes(AlertQuery query, IReadOnlyCollection<int> shards)
    {
        if (minutes.TryGetValue(query.Number, out var known) && known.Shards.SequenceEqual(shards))
            return known;

        var fresh = minutes[query.Number] = new AlertMinutes(query, shards);
        if (inherited.Find(old => old.Shape == query.Shape && old.Shards.SequenceEqual(shards)) is { } alike)
        {
            fresh.Adopt(alike);
            inherited.Remove(alike);
        }

        return fresh;
    }

    /// <summary>What was read may be wrong.</summary>
    public void ForgetMinutes()
    {
        minutes.Clear();
        inherited.Clear();
    }

    public AlertPlan Plan(AlertRuleSet set, ITelemetryStore telemetry) => plan ??= AlertPlan.Of(set.Rules, needs => telemetry.Require(set.Database, needs));
}
