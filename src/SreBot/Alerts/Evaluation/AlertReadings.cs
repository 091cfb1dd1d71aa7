using SreBot.Alerts.States;

namespace SreBot.Alerts.Evaluation;

/// <summary>The readings of many rules at one tick.</summary>
/// <param name="set">The rules that were read; null: none were.</param>
internal sealed class AlertReadings(AlertRuleSet? set = null)
{
    private static readonly IReadOnlyList<AlertReading> AtRest = [new("", null, 0, Verdict.Clear)];

    private readonly IReadOnlyList<AlertReading>?[] readings = new IReadOnlyList<AlertReading>?[set?.Rules.Count ?? 0];
    private readonly Dictionary<Guid, List<AlertReading>> others = []; // of rules that are in no set
    private readonly Dictionary<Guid, string> failures = [];

    /// <summary>How many queries it took.</summary>
    public int Queries { get; set; }

    public void Add(Guid alertId, AlertReading reading)
    {
        if (set?.NumberOf(alertId) is { } number)
        {
            Add(number, reading);
            return;
        }

        (others.TryGetValue(alertId, out var list) ? list : others[alertId] = []).Add(reading);
    }

    /// <param name="number">The rule's place in the set.</param>
    public void Add(int number, AlertReading reading)
    {
        switch (readings[number])
        {
            case null:
                readings[number] = [reading];
                break;
            case List<AlertReading> list:
                list.Add(reading);
                break;
            case var one:
                readings[number] = new List<AlertReading>(one) { reading };
                break;
        }
    }

    /// <summary>A rule without groups that is at rest, and clear: nearly all, so that nothing more is kept of it.</summary>
    public void AddClear(int number) => readings[number] = AtRest;

    /// <summary>Puts better knowledge in place of what was read of a rule.</summary>
    public void Set(int number, IReadOnlyList<AlertReading> better) => readings[number] = better;

    /// <summary>The rule's own query failed.</summary>
    public void Fail(Guid alertId, string why) => failures[alertId] = why;

    /// <summary>Null when the rule was read.</summary>
    public string? FailureOf(Guid alertId) => failures.Count == 0 ? null : failures.GetValueOrDefault(alertId);

    /// <summary>Empty when there are no requests. Of a rule with groups that were read beside its open ones: the groups that may breach or are open alone.</summary>
    public IReadOnlyList<AlertReading> Of(Guid alertId) =>
        set?.NumberOf(alertId) is { } number ? Of(number) : others.GetValueOrDefault(alertId) ?? (IReadOnlyList<AlertReading>)[];

    /// <inheritdoc cref="Of(Guid)"/>
    /// <param name="number">The rule's place in the set.</param>
    public IReadOnlyList<AlertReading> Of(int number) => readings[number] ?? [];

    public IEnumerable<KeyValuePair<Guid, string>> Failures => failures;
}
