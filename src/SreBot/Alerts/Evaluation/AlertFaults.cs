namespace SreBot.Alerts.Evaluation;

/// <summary>Which rules are set aside from now on, and which work again. Pure.</summary>
/// <param name="Set">By rule: its organization, and why.</param>
internal sealed record AlertFaults(IReadOnlyDictionary<Guid, (long OrganizationId, string Why)> Set, IReadOnlyList<Guid> Cleared)
{
    private const int Longest = 500;

    public static AlertFaults None { get; } = new(new Dictionary<Guid, (long, string)>(), []);

    /// <param name="failures">Of the rules that were read at this tick.</param>
    /// <param name="wasRead">Whether a rule was due and read; one that was not keeps its fault.</param>
    public static AlertFaults Of(AlertShardBook shard, IEnumerable<KeyValuePair<Guid, string>> failures, Func<AlertSlot, bool> wasRead)
    {
        var wanted = shard.Slots.Values.Where(slot => slot.Broken is not null).ToDictionary(slot => slot.Rule.Id, slot => (slot.Rule.OrganizationId, Cut(slot.Broken!)));
        foreach (var (alert, why) in failures)
        {
            if (shard.Slots.TryGetValue(alert, out var slot))
            {
                wanted.TryAdd(alert, (slot.Rule.OrganizationId, Cut(why)));
            }
        }

        var set = wanted.Where(fault => shard.Faults.GetValueOrDefault(fault.Key) != fault.Value.Item2).ToDictionary();
        var cleared = shard.Faults.Keys.Where(alert => !wanted.ContainsKey(alert) && (!shard.Slots.TryGetValue(alert, out var slot) || wasRead(slot))).ToList();
        return set.Count == 0 && cleared.Count == 0 ? None : new AlertFaults(set, cleared);
    }

    private static string Cut(string why) => why.Length > Longest ? why[..Longest] : why;
}
