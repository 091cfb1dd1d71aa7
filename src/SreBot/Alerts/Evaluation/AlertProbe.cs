using SreBot.Alerts.Rules;
using SreBot.Alerts.States;
using SreBot.Telemetry;

namespace SreBot.Alerts.Evaluation;

/// <summary>One window of a rule that is to be read: a rule has one, and a second where it has a short window.</summary>
/// <param name="number">Its place among all of a set.</param>
/// <param name="place">Its place in the query.</param>
/// <param name="ruleNumber">The rule's place in the set.</param>
/// <param name="value">Which of the query's aggregates is the rule's.</param>
internal sealed class AlertProbe(int number, int place, int ruleNumber, AlertRule rule, TimeSpan window, bool isShort, MetricAggregate aggregate, int value)
{
    public int Number => number;

    public int Place => place;

    public int RuleNumber => ruleNumber;

    public AlertRule Rule => rule;

    public TimeSpan Window => window;

    public bool IsShort => isShort;

    public MetricAggregate Aggregate => aggregate;

    public int Value => value;

    /// <summary>The values that matter although nothing is open yet. One of two windows says nothing alone.</summary>
    public BreachRange Range { get; } = rule.ShortWindow is null && (!aggregate.IsBudgetBurn || rule.Objective is not null) ? BreachRange.Of(rule) : BreachRange.Any;

    public long MinRequests => ReferenceEquals(Range, BreachRange.Any) ? 0 : rule.MinRequests;

    /// <summary>What <see cref="InUnit"/> divides by, for SQL.</summary>
    public double Divisor => aggregate.IsBudgetBurn && rule.Objective is { } objective ? 100 - objective : 1;

    /// <summary>The value in the rule's unit, from what the aggregate gave.</summary>
    public double? InUnit(double? raw) => aggregate.IsBudgetBurn ? rule.Value(raw) : raw;

    /// <summary>A bit for each stretch between steps of the grid in which a value may breach.</summary>
    public uint Buckets(IReadOnlyList<int> steps)
    {
        uint buckets = 0;
        for (var bucket = 0; bucket <= steps.Count; bucket++)
        {
            buckets |= Breaches(steps, bucket) == false ? 0 : 1u << bucket;
        }

        return buckets;
    }

    /// <summary>Whether a percentile breaches that lies in a stretch between steps; null: the counters do not tell.</summary>
    public bool? Breaches(IReadOnlyList<int> steps, int bucket)
    {
        var (from, to) = LatencyGrid.Stretch(steps, bucket);
        return Range.HoldsWithin(from, to);
    }
}
