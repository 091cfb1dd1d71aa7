using SreBot.Alerts.Rules;
using SreBot.Alerts.States;

namespace SreBot.Alerts.Evaluation;

/// <summary>What telemetry says of one group of a rule in its window.</summary>
/// <param name="Value">In the rule's unit; null where there is nothing to sum up, or where <paramref name="Decided"/> says enough.</param>
/// <param name="Count">Requests; of a rule that is clear and at rest it may be left out, and be 0.</param>
/// <param name="Decided">The verdict, where it was told without the value, for a rule that stands at rest. Null: the value tells.</param>
internal sealed record AlertReading(string GroupKey, double? Value, long Count, Verdict? Decided = null)
{
    public Verdict VerdictBy(AlertRule rule) => Decided ?? AlertVerdict.Of(rule, Value, Count);
}
