using System.Text;
using SreBot.Adapters.Chat;
using static SreBot.Charts.ChartInk;
using static SreBot.Charts.SvgText;

namespace SreBot.Charts;

/// <summary>The line that names what is drawn; what does not fit in it is counted.</summary>
internal static class ChartLegend
{
    private const double Row = 76, Widest = 320, ForCount = 110;
    private const int Size = 15;

    public static void Append(StringBuilder svg, ReplyChart chart)
    {
        var x = Margin;
        var entries = Entries(chart).ToList();
        for (var i = 0; i < entries.Count; i++)
        {
            var label = FitWidth(entries[i].Name, Size, Widest);
            var width = 30 + Width(label, Size) + 28;
            if (x + width > ChartFrame.Right - 60 - (i < entries.Count - 1 ? ForCount : 0))
            {
                svg.Append(Text("chart-label", x, Row, $"and {entries.Count - i} more", Muted, Size, "start"));
                return;
            }

            svg.Append(entries[i].Key(x)).Append(Text("chart-label", x + 30, Row, label, Muted, Size, "start"));
            x += width;
        }
    }

    // Past two, context lines are told apart by nobody: they share one entry.
    private static IEnumerable<(string Name, Func<double, string> Key)> Entries(ReplyChart chart)
    {
        var context = chart.Series.Where(series => series.IsContext).ToList();
        foreach (var (index, series) in chart.Series.Where(series => !series.IsContext).Index())
            yield return (series.Name, x => Stroke(x, Color(index), Dashes(index)));
        if (chart.Band is { } band)
            yield return (band.Name, x => $"""<rect class="chart-band-key" x="{Number(x)}" y="{Row - 7}" width="20" height="14" fill="{Quiet}" fill-opacity="0.24"/>""");
        foreach (var name in context.Count > 2 ? [$"{context.Count} others for comparison"] : context.Select(series => series.Name))
            yield return (name, x => Stroke(x, ChartInk.Context, ""));
    }

    private static string Stroke(double x, string color, string dashes) =>
        Line("chart-key", x, Row, x + 20, Row, color, 4, dashes.Length > 0 ? " stroke-dasharray=\"8 4\"" : " stroke-linecap=\"round\"");
}
