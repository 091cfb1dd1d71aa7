namespace SreBot.Alerts.Evaluation;

/// <summary>What a replica does about the shards so that each has its fair share. Pure.</summary>
/// <param name="Keep">Held, and renewed.</param>
/// <param name="Take">Held by nobody who still answers.</param>
/// <param name="GiveUp">More than its share.</param>
internal sealed record AlertShare(IReadOnlyList<int> Keep, IReadOnlyList<int> Take, IReadOnlyList<int> GiveUp)
{
    /// <param name="replicas">How many are heard of, this one among them.</param>
    public static AlertShare Of(IReadOnlyList<AlertShardRow> rows, string holder, int replicas)
    {
        var most = (rows.Count + replicas - 1) / replicas;
        var held = rows.Where(row => row.Holder == holder).ToList();
        var surplus = held.Skip(most).Where(row => row.IsFree).Select(row => row.Shard).ToList();
        var free = rows.Where(row => row.Holder != holder && row.IsFree && !(row.Holder is not null && row.IsLive)).Select(row => row.Shard);
        return new AlertShare(
            [.. held.Where(row => !surplus.Contains(row.Shard)).Select(row => row.Shard)],
            [.. free.Take(Math.Max(0, most - held.Count))],
            surplus);
    }
}
