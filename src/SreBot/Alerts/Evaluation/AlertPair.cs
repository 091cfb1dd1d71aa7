namespace SreBot.Alerts.Evaluation;

/// <summary>Puts the readings of a rule's two windows together. Pure.</summary>
internal static class AlertPair
{
    /// <summary>Of each group of the long window the lesser value; none where one of the windows has none. The count is the long window's.</summary>
    public static IReadOnlyList<AlertReading> Lesser(IReadOnlyList<AlertReading> longer, IReadOnlyList<AlertReading> shorter) =>
    [
        .. from reading in longer
           join other in shorter on reading.GroupKey equals other.GroupKey into others
           let value = others.FirstOrDefault()?.Value
           select reading with { Value = reading.Value is { } one && value is { } two ? Math.Min(one, two) : null },
    ];
}
