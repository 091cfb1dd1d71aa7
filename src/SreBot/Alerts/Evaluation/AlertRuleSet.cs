using SreBot.Alerts.Rules;

namespace SreBot.Alerts.Evaluation;

/// <summary>Rules of a telemetry database at one version of the rule book: those of the shards that are evaluated here, or all of them. Keep the object while neither changes:
/// all that is derived from it is kept inside. Not for two reads at a time.</summary>
internal sealed class AlertRuleSet
{
    private readonly Dictionary<Guid, int> numbers;

    /// <param name="version">Of <c>alert_book</c>, read in the same snapshot as the rules.</param>
    /// <param name="rules">Ordered the same everywhere, such as by id; those of other shards may be there or not.</param>
    /// <param name="shards">Those held; from 0 on.</param>
    /// <param name="before">The set that this one takes the place of: a rule that is the same object in both is known already. Not to be read any more.</param>
    public AlertRuleSet(string database, long version, IReadOnlyList<AlertRule> rules, IReadOnlyCollection<int> shards, AlertRuleSet? before = null)
        : this(database, version, rules, shards, Numbered(rules), new AlertSetMemory(before?.Memory))
    {
    }

    private AlertRuleSet(string database, long version, IReadOnlyList<AlertRule> rules, IReadOnlyCollection<int> shards, Dictionary<Guid, int> numbers, AlertSetMemory memory)
    {
        (Database, Version, Rules, Shards, this.numbers, Memory) = (database, version, rules, shards, numbers, memory);
    }

    public string Database { get; }

    public long Version { get; }

    public IReadOnlyList<AlertRule> Rules { get; }

    public IReadOnlyCollection<int> Shards { get; }

    /// <summary>What reads have found out about the set.</summary>
    internal AlertSetMemory Memory { get; }

    /// <summary>The same rules, of which others are held now; what was derived stays.</summary>
    public AlertRuleSet WithShards(IReadOnlyCollection<int> shards) => new(Database, Version, Rules, shards, numbers, Memory);

    /// <summary>The rule's place in <see cref="Rules"/>; null when it is not there.</summary>
    public int? NumberOf(Guid alertId) => numbers.TryGetValue(alertId, out var number) ? number : null;

    public bool Holds(Guid alertId) => Shards.Count >= AlertShards.Count || Shards.Contains(AlertShards.Of(alertId));

    private static Dictionary<Guid, int> Numbered(IReadOnlyList<AlertRule> rules)
    {
        var numbers = new Dictionary<Guid, int>(rules.Count);
        for (var i = 0; i < rules.Count; i++)
        {
            numbers[rules[i].Id] = i;
        }

        return numbers;
    }
}
