using SreBot.Alerts.Rules;
using SreBot.Alerts.States;

namespace SreBot.Alerts.Evaluation;

/// <summary>The rules of one shard in memory, where they stand, and what of them is still to be ended. It holds exactly what is written: a restart loses nothing.</summary>
internal sealed class AlertShardBook(int shard, long fence)
{
    private readonly Dictionary<Guid, AlertSlot> slots = [];

    public int Shard => shard;

    /// <summary>Of the lease under which it was read; under another it is read anew.</summary>
    public long Fence => fence;

    public IReadOnlyDictionary<Guid, AlertSlot> Slots => slots;

    /// <summary>What the next tick writes as ended.</summary>
    public List<AlertEnding> Endings { get; } = [];

    /// <summary>Rules that are set aside, as they are written.</summary>
    public Dictionary<Guid, string> Faults { get; } = [];

    /// <summary>A rule that is new, or was changed.</summary>
    /// <param name="rule">Of a row that cannot be read: no more than its name.</param>
    /// <param name="broken">Why it cannot be read; null: it can.</param>
    public void Put(AlertRule rule, string database, string? broken)
    {
        if (!slots.TryGetValue(rule.Id, out var slot) || slot.Database != database)
        {
            slots[rule.Id] = new AlertSlot(rule, database) { Broken = broken };
            return;
        }

        slot.Broken = broken;
        if (broken is not null)
        {
            return; // it stands still as it was
        }

        if (slot.Rule.ConditionVersion != rule.ConditionVersion)
        {
            End(slot, "edited");
        }

        slot.Rule = rule;
    }

    /// <summary>A rule that is not evaluated any more.</summary>
    public void Remove(Guid alertId, string why)
    {
        if (slots.Remove(alertId, out var slot))
        {
            End(slot, why);
        }
    }

    /// <summary>Where a rule stood when it was last written.</summary>
    public void Restore(Guid alertId, string groupKey, AlertEntry entry) => slots[alertId].Set(groupKey, entry);

    /// <summary>A tick was committed.</summary>
    public void Pass(AlertTickWrite write)
    {
        Endings.Clear();
        foreach (var change in write.Changes)
        {
            slots[change.Rule.Id].Set(change.GroupKey, change.ToEntry(write.Tick));
        }

        foreach (var (alert, fault) in write.Faults.Set)
        {
            Faults[alert] = fault.Why;
        }

        foreach (var alert in write.Faults.Cleared)
        {
            Faults.Remove(alert);
        }
    }

    private void End(AlertSlot slot, string why)
    {
        foreach (var (groupKey, entry) in slot.Entries.Where(entry => entry.Value.State is not { Phase: AlertPhase.Resolved, EpisodeSince: null }))
        {
            var episode = entry.State.EpisodeSince is { } since ? AlertEpisode.Id(slot.Rule.Id, groupKey, since) : (Guid?)null;
            Endings.Add(new AlertEnding(slot.Rule.OrganizationId, slot.Rule.Id, groupKey, episode, AlertNames.Of(entry.State.Phase), why, slot.Rule.Version));
        }

        slot.Clear();
    }
}
