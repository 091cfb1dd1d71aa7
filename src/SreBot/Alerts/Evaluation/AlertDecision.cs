namespace SreBot.Alerts.Evaluation;

/// <summary>Decides what a tick writes of a shard. Pure.</summary>
internal static class AlertDecision
{
    /// <param name="read">Of every telemetry database that rules watch.</param>
    /// <param name="own">SreBot's alerts on itself; the shard 0 writes them.</param>
    public static AlertTickWrite Of(AlertDue due, AlertLease lease, AlertBook book, IReadOnlyList<AlertRead> read, IReadOnlyList<SelfAlertChange> own,
        DateTimeOffset frontier, TimeSpan digestAfter)
    {
        var shard = book.Shards[lease.Shard];
        var isNew = due.Tick <= lease.BegunAt;
        var isCatchingUp = !isNew && frontier - due.Tick > digestAfter;
        var silences = new AlertSilences(book.Head.Silences, due.Tick);
        var changes = read.SelectMany(entry => new AlertTick(entry.Readings, silences, due.Tick, lease.LastTick ?? due.Tick.AddMinutes(-1))
        {
            IsTimedOut = entry.IsTimedOut,
            IsCatchingUp = isCatchingUp,
        }.Decide(shard.Slots.Values.Where(slot => slot.Database == entry.Database))).ToList();
        var unread = read.Where(entry => entry.IsTimedOut).Select(entry => entry.Database).ToHashSet();
        return new AlertTickWrite(lease, due.Tick, book.Head.Version, changes, new Dictionary<(Guid, string), WorstRequest>())
        {
            Endings = [.. shard.Endings],
            Faults = AlertFaults.Of(shard, read.SelectMany(entry => entry.Readings.Failures), slot => slot.Rule.IsDue(due.Tick) && !unread.Contains(slot.Database)),
            SelfAlerts = [.. isNew ? [] : Skipped(due, lease, book.Head), .. lease.Shard == 0 ? own : []], // what was skipped says more
            DigestOnce = lease.Shard == 0 && !isCatchingUp ? frontier - digestAfter - TimeSpan.FromMinutes(1) : null,
        };
    }

    private static IEnumerable<SelfAlertChange> Skipped(AlertDue due, AlertLease lease, AlertHead head) =>
        due.Skipped.GetValueOrDefault(lease.Shard) is > 0 and var minutes ? SelfAlertRules.Skip(head.Organizations, lease.LastTick!.Value, minutes) : [];
}
