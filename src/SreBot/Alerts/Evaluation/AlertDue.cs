namespace SreBot.Alerts.Evaluation;

/// <summary>The tick that is due next, and the shards it is due for. Pure.</summary>
/// <param name="Skipped">Minutes before it that are too far back, by shard; those with none are left out.</param>
internal sealed record AlertDue(DateTimeOffset Tick, IReadOnlyList<AlertLease> Leases, IReadOnlyDictionary<int, int> Skipped)
{
    /// <summary>The shards that lag most come first; those at the same tick go together. Null: nothing is due.</summary>
    /// <param name="most">Minutes that are caught up; older ones are skipped.</param>
    public static AlertDue? Next(IEnumerable<AlertLease> leases, DateTimeOffset frontier, int most)
    {
        var waiting = leases.Where(lease => lease.LastTick is null || lease.LastTick < frontier).Select(lease => (lease, tick: First(lease, frontier, most))).ToList();
        if (waiting.Count == 0)
        {
            return null;
        }

        var tick = waiting.Min(one => one.tick);
        var due = waiting.Where(one => one.tick == tick).Select(one => one.lease).ToList();
        return new AlertDue(tick, due, due.Where(lease => SkippedOf(lease, tick) > 0).ToDictionary(lease => lease.Shard, lease => SkippedOf(lease, tick)));
    }

    private static DateTimeOffset First(AlertLease lease, DateTimeOffset frontier, int most)
    {
        var oldest = frontier.AddMinutes(1 - most);
        return lease.LastTick is not { } last ? frontier : last.AddMinutes(1) < oldest ? oldest : last.AddMinutes(1);
    }

    private static int SkippedOf(AlertLease lease, DateTimeOffset tick) => lease.LastTick is { } last ? (int)((tick - last).TotalMinutes - 1) : 0;
}
