using SreBot.Alerts.Rules;

namespace SreBot.Alerts.States;

/// <summary>The values that breach a rule, told as one stretch: what <see cref="AlertVerdict"/> decides of one value, for SQL and for counters that only bound it. Pure.</summary>
/// <param name="Low">The least value of the stretch.</param>
/// <param name="High">The largest value of the stretch, itself in it.</param>
/// <param name="IsOutside">A value breaches that is not in the stretch.</param>
internal sealed record BreachRange(double Low, double High, bool IsOutside)
{
    /// <summary>Every number.</summary>
    public static BreachRange Any { get; } = new(double.MinValue, double.MaxValue, IsOutside: false);

    /// <param name="rule">Its thresholds are numbers.</param>
    public static BreachRange Of(AlertRule rule) => rule.Comparator switch
    {
        AlertComparator.Greater => new(Math.BitIncrement(rule.Threshold), double.MaxValue, false),
        AlertComparator.GreaterOrEqual => new(rule.Threshold, double.MaxValue, false),
        AlertComparator.Less => new(double.MinValue, Math.BitDecrement(rule.Threshold), false),
        AlertComparator.LessOrEqual => new(double.MinValue, rule.Threshold, false),
        AlertComparator.Equal => new(rule.Threshold, rule.Threshold, false),
        AlertComparator.NotEqual => new(rule.Threshold, rule.Threshold, true),
        AlertComparator.Between => new(rule.Threshold, rule.ThresholdMax ?? rule.Threshold, false),
        _ => new(rule.Threshold, rule.ThresholdMax ?? rule.Threshold, true),
    };

    /// <summary>Where breaching begins or ends: values below and from each on may be judged differently.</summary>
    public IEnumerable<double> Edges => new[] { Low, Math.BitIncrement(High) }.Where(edge => Math.Abs(edge) < double.MaxValue);

    public bool Holds(double value) => (value >= Low && value <= High) != IsOutside;

    /// <summary>Whether a value breaches that lies from one number up to, but not including, another; null: that depends on where it lies.</summary>
    public bool? HoldsWithin(double from, double to)
    {
        var (first, last) = (Math.Max(from, double.MinValue), Math.BitDecrement(to));
        return first >= Low && last <= High ? !IsOutside : last < Low || first > High ? IsOutside : null;
    }
}
