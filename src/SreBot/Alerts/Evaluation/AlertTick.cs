using SreBot.Alerts.Rules;
using SreBot.Alerts.States;

namespace SreBot.Alerts.Evaluation;

/// <summary>Decides one tick for all rules of a shard in one telemetry database. Pure.</summary>
internal sealed class AlertTick(AlertReadings readings, AlertSilences silences, DateTimeOffset tick, DateTimeOffset lastTick)
{
    /// <summary>How old the written value of something that is not resolved may grow while nothing else changes.</summary>
    private static readonly TimeSpan ValueAge = TimeSpan.FromMinutes(5);

    /// <summary>The minute was passed by time-out: nobody knows what was in it.</summary>
    public bool IsTimedOut { get; init; }

    /// <summary>The present is far: what begins is not told now, for it may have ended since.</summary>
    public bool IsCatchingUp { get; init; }

    /// <returns>What is worth writing.</returns>
    public IReadOnlyList<AlertChange> Decide(IEnumerable<AlertSlot> slots)
    {
        var changes = new List<AlertChange>();
        foreach (var slot in slots)
        {
            if (slot.Broken is null && slot.Rule.IsDue(tick))
            {
                Decide(slot, changes);
            }
        }

        return changes;
    }

    private void Decide(AlertSlot slot, List<AlertChange> changes)
    {
        var (rule, unread) = (slot.Rule, Unread(slot.Rule));
        var seen = unread is null ? readings.Of(rule.Id) : [];
        if (slot.Entries.Count == 0 && rule.GroupBy.Count == 0 && seen.Count == 1 && seen[0].VerdictBy(rule) is Verdict.Clear or Verdict.Between)
        {
            return; // nearly all rules, nearly always
        }

        foreach (var sighting in AlertSight.Of(rule, slot.Entries.Keys, seen, unread))
        {
            var entry = slot.EntryOf(sighting.GroupKey);
            if (Change(rule, entry, sighting) is var change && IsWorthWriting(change, entry))
            {
                changes.Add(change);
            }
        }
    }

    private Verdict? Unread(AlertRule rule) => readings.FailureOf(rule.Id) is not null ? Verdict.Error : IsTimedOut ? Verdict.NoData : null;

    private AlertChange Change(AlertRule rule, AlertEntry? entry, AlertSighting seen)
    {
        var (groupKey, verdict, value, count) = seen;
        var before = (entry?.State ?? AlertState.New(tick)) with { Tick = AlertSlot.LastDue(rule, lastTick) };
        var isSilenced = silences.Covers(rule, groupKey);
        var step = AlertStep.Take(rule, before, verdict, value, tick, isSilenced);
        if (IsCatchingUp && step.Notice is AlertNotice.Opened or AlertNotice.Repeated)
        {
            step = AlertStep.Take(rule, before, verdict, value, tick, isSilenced: true);
        }

        var isOpen = step.State.EpisodeSince is not null;
        return new AlertChange
        {
            Rule = rule,
            GroupKey = groupKey,
            Before = before,
            After = step.State,
            Transition = step.Transition,
            Verdict = verdict,
            Count = count,
            Notice = step.Notice,
            Worst = Worst(rule, before.EpisodeSince is null ? null : entry?.Worst, isOpen && verdict == Verdict.Breach ? value : null),
            IsHeldBack = !step.State.IsAnnounced && (before.EpisodeSince is not null ? entry!.IsHeldBack : isOpen && IsCatchingUp && !isSilenced),
        };
    }

    private static double? Worst(AlertRule rule, double? before, double? value) => (before, value) switch
    {
        (null, _) => value,
        (_, null) => before,
        ({ } old, { } now) => rule.Comparator.IsBelow() ? Math.Min(old, now) : Math.Max(old, now),
    };

    private bool IsWorthWriting(AlertChange change, AlertEntry? entry) =>
        change.Transition is not null || change.Notice != AlertNotice.None ||
        (entry is null
            ? !AlertSlot.IsForgotten(change.Rule, change.GroupKey, change.After)
            : Lasting(change.Rule, change.After) != Lasting(change.Rule, change.Before) || change.Worst != entry.Worst ||
                (change.After.Phase != AlertPhase.Resolved && change.After.Value != entry.State.Value && tick - entry.WrittenAt >= ValueAge));

    /// <summary>What a restart must find again.</summary>
    private static AlertState Lasting(AlertRule rule, AlertState state) =>
        state with { Value = null, Tick = default, MissingTicks = Math.Min(state.MissingTicks, rule.VanishAfter + 1) };
}
