using SreBot.Adapters.Chat;
using SreBot.Model;

namespace SreBot.Metrics;

/// <summary>Makes a line of a step's rows.</summary>
internal static class MetricPoints
{
    /// <summary>A point a step of the window, oldest first; null where no request came.</summary>
    public static IReadOnlyList<ReplyPoint> Of(StepTable table, TimeWindow window, TimeSpan step, Func<int, bool>? isWanted = null)
    {
        var values = Enumerable.Range(0, table.Rows.Count).Where(row => isWanted is null || isWanted(row)).ToDictionary(row => table.Time(row, "at"), row => table.Number(row, "value"));
        var points = new List<ReplyPoint>();
        for (var at = new DateTimeOffset(window.From.UtcTicks / step.Ticks * step.Ticks, TimeSpan.Zero); at < window.To; at += step)
        {
            points.Add(new ReplyPoint(at, values.TryGetValue(at, out var value) && !double.IsNaN(value) ? value : null));
        }

        return points;
    }
}
