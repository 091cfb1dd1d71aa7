using SreBot.Alerts.Rules;

namespace SreBot.Alerts.States;

/// <summary>Judges a window's value by its rule. Pure.</summary>
internal static class AlertVerdict
{
    /// <param name="value">Null without data.</param>
    /// <param name="count">Requests in the window.</param>
    public static Verdict Of(AlertRule rule, double? value, long count) => value switch
    {
        null => Verdict.NoData,
        { } number when !double.IsFinite(number) => Verdict.Error,
        _ when count < rule.MinRequests => Verdict.Insufficient,
        { } number => OfValue(rule, number),
    };

    /// <summary>Without regard to the number of requests.</summary>
    public static Verdict OfValue(AlertRule rule, double value)
    {
        if (!double.IsFinite(value) || double.IsNaN(rule.Threshold))
        {
            return Verdict.Error;
        }

        return Breaches(rule, value) ? Verdict.Breach : IsRecovered(rule, value) ? Verdict.Clear : Verdict.Between;
    }

    private static bool Breaches(AlertRule rule, double value) => rule.Comparator switch
    {
        AlertComparator.Greater => value > rule.Threshold,
        AlertComparator.GreaterOrEqual => value >= rule.Threshold,
        AlertComparator.Less => value < rule.Threshold,
        AlertComparator.LessOrEqual => value <= rule.Threshold,
        AlertComparator.Equal => value == rule.Threshold,
        AlertComparator.NotEqual => value != rule.Threshold,
        AlertComparator.Between => value >= rule.Threshold && value <= rule.ThresholdMax,
        _ => value < rule.Threshold || value > rule.ThresholdMax,
    };

    private static bool IsRecovered(AlertRule rule, double value) => rule.Comparator switch
    {
        AlertComparator.Greater or AlertComparator.GreaterOrEqual => !(value >= rule.RecoveryThreshold),
        AlertComparator.Less or AlertComparator.LessOrEqual => !(value <= rule.RecoveryThreshold),
        _ => true,
    };
}
