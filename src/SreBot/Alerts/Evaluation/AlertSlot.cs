using SreBot.Alerts.Rules;
using SreBot.Alerts.States;

namespace SreBot.Alerts.Evaluation;

/// <summary>A rule in memory, and where its groups stand.</summary>
internal sealed class AlertSlot(AlertRule rule, string database)
{
    private static readonly Dictionary<string, AlertEntry> None = [];

    private Dictionary<string, AlertEntry>? entries;

    public AlertRule Rule { get; set; } = rule;

    /// <summary>The telemetry database of its organization.</summary>
    public string Database { get; } = database;

    /// <summary>Why its row cannot be read: it stands still until it can. Null: it can.</summary>
    public string? Broken { get; set; }

    /// <summary>By group; a group that is not here is resolved.</summary>
    public IReadOnlyDictionary<string, AlertEntry> Entries => entries ?? None;

    /// <summary>Something of it is not at rest, or its groups are remembered: what is read must show every group.</summary>
    public bool IsWatched => Entries.Count > 0 || (Rule.GroupBy.Count > 0 && IsMissed(Rule));

    public AlertEntry? EntryOf(string groupKey) => entries?.GetValueOrDefault(groupKey);

    public void Set(string groupKey, AlertEntry entry)
    {
        if (IsForgotten(Rule, groupKey, entry.State))
        {
            entries?.Remove(groupKey);
        }
        else
        {
            (entries ??= [])[groupKey] = entry;
        }
    }

    public void Clear() => entries = null;

    /// <summary>The last tick that the rule was due at, not later than the one that the shard passed.</summary>
    public static DateTimeOffset LastDue(AlertRule rule, DateTimeOffset lastTick) =>
        rule.IsDue(lastTick) ? lastTick : lastTick.AddMinutes(-lastTick.Minute);

    /// <summary>A resolved rule needs no memory; a resolved group does where its absence would mean something.</summary>
    public static bool IsForgotten(AlertRule rule, string groupKey, AlertState state) =>
        state.Phase == AlertPhase.Resolved && state.EpisodeSince is null && (!IsMissed(rule) || (groupKey.Length == 0 && state.MissingTicks == 0));

    private static bool IsMissed(AlertRule rule) => !rule.VanishResolves && rule.NoDataPolicy is not (MissingPolicy.Hold or MissingPolicy.Ok);
}
