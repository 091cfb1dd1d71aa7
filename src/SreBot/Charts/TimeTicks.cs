namespace SreBot.Charts;

/// <summary>Round times for a horizontal axis, in UTC.</summary>
internal static class TimeTicks
{
    private static readonly TimeSpan[] Steps =
    [
        TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(30),
        TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(10), TimeSpan.FromMinutes(15), TimeSpan.FromMinutes(30),
        TimeSpan.FromHours(1), TimeSpan.FromHours(2), TimeSpan.FromHours(3), TimeSpan.FromHours(6), TimeSpan.FromHours(12),
        TimeSpan.FromDays(1), TimeSpan.FromDays(2), TimeSpan.FromDays(7), TimeSpan.FromDays(14), TimeSpan.FromDays(30), TimeSpan.FromDays(90), TimeSpan.FromDays(365),
    ];

    /// <summary>The times in the window that fall on a round step, at most <paramref name="most"/> of them, each with its label.</summary>
    public static IReadOnlyList<(DateTimeOffset At, string Label)> Between(DateTimeOffset from, DateTimeOffset to, int most)
    {
        var step = Array.Find(Steps, step => (to - from) / step <= most);
        if (step == default)
            step = Steps[^1];
        var first = new DateTimeOffset((from.UtcTicks + step.Ticks - 1) / step.Ticks * step.Ticks, TimeSpan.Zero);
        var ticks = new List<(DateTimeOffset, string)>();
        for (var at = first; at <= to && ticks.Count <= most; at += step)
            ticks.Add((at, Label(at, step)));
        return ticks;
    }

    // Midnight names its day, so that a chart over two days says where one ends.
    private static string Label(DateTimeOffset at, TimeSpan step) =>
        step >= TimeSpan.FromDays(1) || at.TimeOfDay == TimeSpan.Zero ? at.ToString("d MMM")
        : step < TimeSpan.FromMinutes(1) ? at.ToString("HH:mm:ss")
        : at.ToString("HH:mm");
}
