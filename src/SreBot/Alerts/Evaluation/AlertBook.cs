using SreBot.Alerts.Rules;

namespace SreBot.Alerts.Evaluation;

/// <summary>The rules of the shards that this replica holds, and where they stand. Belongs to one evaluator.</summary>
internal sealed class AlertBook
{
    private readonly Dictionary<int, AlertShardBook> shards = [];
    private readonly Dictionary<(string Database, string Shards), AlertRuleSet> sets = [];
    private readonly Dictionary<string, AlertRuleSet> before = [];

    public AlertHead Head { get; private set; } = new(0, 0, null, [], [], []);

    public IReadOnlyDictionary<int, AlertShardBook> Shards => shards;

    /// <summary>How many rules there are in memory.</summary>
    public int RuleCount => shards.Values.Sum(shard => shard.Slots.Count);

    /// <summary>Forgets what is not held any more.</summary>
    /// <returns>The shards whose rules and states must be read.</returns>
    public IReadOnlyList<AlertLease> Keep(IReadOnlyList<AlertLease> leases)
    {
        foreach (var gone in shards.Values.Where(book => !leases.Any(lease => lease.Shard == book.Shard && lease.Fence == book.Fence)).ToList())
        {
            Drop(gone.Shard);
        }

        return [.. leases.Where(lease => !shards.ContainsKey(lease.Shard))];
    }

    /// <summary>What is known of a shard may not be what is written.</summary>
    public void Drop(int shard)
    {
        shards.Remove(shard);
        ForgetSets();
    }

    public void Add(AlertShardBook shard)
    {
        shards[shard.Shard] = shard;
        ForgetSets();
    }

    /// <summary>Rules changed.</summary>
    public void Turn(AlertHead head, bool hasChanged)
    {
        Head = head;
        if (hasChanged)
        {
            ForgetSets();
        }
    }

    /// <summary>The rules of a database in those shards; the same set until one of them changes.</summary>
    public AlertRuleSet Set(string database, IReadOnlyList<int> held)
    {
        var key = (database, string.Join(',', held));
        if (!sets.TryGetValue(key, out var set))
        {
            var rules = held.SelectMany(shard => shards[shard].Slots.Values).Where(slot => slot.Database == database && slot.Broken is null).Select(slot => slot.Rule);
            sets[key] = set = new AlertRuleSet(database, Head.Version, [.. rules.OrderBy(rule => rule.Id)], held, before.GetValueOrDefault(database));
            before.Remove(database);
        }

        return set;
    }

    /// <summary>The largest of a database is kept for what it has read.</summary>
    private void ForgetSets()
    {
        foreach (var set in sets.Values.OrderBy(set => set.Shards.Count))
        {
            before[set.Database] = set;
        }

        sets.Clear();
    }

    /// <summary>The rules of those shards whose groups must all be seen.</summary>
    public IReadOnlyCollection<(Guid AlertId, string GroupKey)> Watched(IReadOnlyList<int> held) =>
        [.. held.SelectMany(shard => shards[shard].Slots.Values).Where(slot => slot.IsWatched).Select(slot => (slot.Rule.Id, ""))];
}
