namespace SreBot.Benchmarks.Chaos;

/// <summary>A tick that a shard committed, as a trigger in PostgreSQL wrote it down in the same transaction.</summary>
internal sealed record ChaosTick
{
    public int Shard { get; init; }
    public DateTime Tick { get; init; }

    /// <summary>The tick before it; null: it was the first.</summary>
    public DateTime? Before { get; init; }
    public long Fence { get; init; }

    /// <summary>The connection's application name.</summary>
    public string Who { get; init; } = "";
    public DateTime At { get; init; }

    /// <summary>What is wrong in the order of a shard's ticks: one that is skipped or came twice, or was written under an older fence.</summary>
    public static IEnumerable<string> Faults(IEnumerable<ChaosTick> ticks)
    {
        foreach (var shard in ticks.GroupBy(tick => tick.Shard))
        {
            ChaosTick? last = null;
            foreach (var tick in shard)
            {
                if (tick.Before != (last?.Tick ?? tick.Before))
                    yield return $"shard {shard.Key}: {tick.Tick:HH:mm} follows {tick.Before:HH:mm}, but {last!.Tick:HH:mm} was committed";
                if (tick.Before is { } before && tick.Tick - before != TimeSpan.FromMinutes(1))
                    yield return $"shard {shard.Key}: {before:HH:mm} is followed by {tick.Tick:HH:mm}";
                if (last is not null && tick.Fence < last.Fence)
                    yield return $"shard {shard.Key}: {tick.Tick:HH:mm} was written under fence {tick.Fence} after fence {last.Fence}";

                last = tick;
            }
        }
    }
}
