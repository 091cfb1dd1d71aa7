namespace SreBot.Benchmarks.Chaos;

/// <summary>A replica that stood still, or was killed.</summary>
/// <param name="Until">When it woke; null: it was killed.</param>
internal sealed record ReplicaBlow(string Who, DateTimeOffset At, DateTimeOffset? Until)
{
    private static readonly TimeSpan OnTheWay = TimeSpan.FromMilliseconds(200);

    /// <summary>For each shard that it had: how long the next tick, once due, waited for another to commit it, or until the frozen one woke.</summary>
    /// <param name="ticks">All, of a shard in their order.</param>
    /// <param name="dueSince">When each tick became due.</param>
    public IEnumerable<ReplicaWait> Waits(IReadOnlyList<ChaosTick> ticks, IReadOnlyDictionary<DateTimeOffset, DateTimeOffset> dueSince)
    {
        foreach (var shard in ticks.GroupBy(tick => tick.Shard))
        {
            var last = shard.LastOrDefault(tick => Time(tick.At) <= At || (Time(tick.At) <= At + OnTheWay && tick.Who == Who));
            if (last?.Who != Who || !dueSince.TryGetValue(Time(last.Tick).AddMinutes(1), out var due))
                continue;

            var from = due > At ? due : At;
            var next = shard.FirstOrDefault(tick => tick.Tick > last.Tick);
            var isTaken = next is not null && !(Time(next.At) > Until);
            if (isTaken && from < Time(next!.At))
                yield return new ReplicaWait(Time(next.At) - from, IsTaken: true);
            else if (from < Until)
                yield return new ReplicaWait(Until.Value - from, IsTaken: false);
        }
    }

    private static DateTimeOffset Time(DateTime time) => new(DateTime.SpecifyKind(time, DateTimeKind.Utc));
}
