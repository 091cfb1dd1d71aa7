using System.Text;
using SreBot.Adapters.Chat;
using static SreBot.Charts.ChartInk;
using static SreBot.Charts.SvgText;

namespace SreBot.Charts;

/// <summary>Bars from left to right, 1,200 pixels wide and as high as they need: the name, the bar from zero on, its value in words.</summary>
internal static class ChartBars
{
    public const int Most = 12;

    private const double Top = 84, RowHeight = 44, BarHeight = 24, Foot = 48, WidestName = 430, WidestLabel = 260, Gap = 12;
    private const int Size = 15;

    public static string Render(ReplyBars bars)
    {
        var shown = bars.Bars.Take(Most).ToList();
        var bottom = Top + (RowHeight * Math.Max(shown.Count, 2));
        var svg = Open(bars.Title, bars.AlternativeText, ChartFrame.Width, bottom + Foot);
        if (shown.Count == 0)
            svg.Append(Text("chart-empty", ChartFrame.Width / 2, (Top + bottom) / 2, "Nothing to compare", Muted, 20, "middle"));
        else
            Append(svg, bars, shown, bottom);
        return svg.Append("</svg>").ToString();
    }

    private static void Append(StringBuilder svg, ReplyBars bars, List<ReplyBar> shown, double bottom)
    {
        var left = Margin + Math.Min(WidestName, shown.Max(bar => Width(bar.Name, Size))) + Gap;
        var right = ChartFrame.Width - Margin - Math.Min(WidestLabel, shown.Max(bar => Width(bar.Label, Size))) - Gap;
        var values = NiceTicks.Between(0, shown.Max(Length), 5);
        double X(double value) => left + (value / values[^1] * (right - left));
        foreach (var value in values)
        {
            svg.Append(Line("chart-grid", X(value), Top, X(value), bottom, Grid, 1))
                .Append(Text("chart-label", X(value), bottom + 20, NiceTicks.Label(value, values[1]), Muted, Size, "middle"));
        }
        foreach (var (index, bar) in shown.Index())
        {
            var middle = Top + (RowHeight * (index + 0.5));
            var end = X(Length(bar));
            svg.Append(Text("chart-bar-name", left - Gap, middle, FitWidth(bar.Name, Size, WidestName), Ink, Size, "end"))
                .Append($"""<rect class="chart-bar" x="{Number(left)}" y="{Number(middle - (BarHeight / 2))}" width="{Number(end - left)}" height="{BarHeight}" fill="{Color(0)}"/>""")
                .Append(Text("chart-bar-label", end + Gap, middle, FitWidth(bar.Label, Size, WidestLabel), Ink, Size, "start"));
        }
        svg.Append(Line("chart-base", left, Top, left, bottom, ChartInk.Context, 1))
            .Append(Text("chart-unit", ChartFrame.Width - Margin, bottom + 20, FitWidth(bars.Unit, 14, 200), Muted, 14, "end"));
        if (bars.Bars.Count > shown.Count)
            svg.Append(Text("chart-label", Margin, bottom + 20, $"and {bars.Bars.Count - shown.Count} more", Muted, 14, "start"));
    }

    private static double Length(ReplyBar bar) => double.IsFinite(bar.Value) ? Math.Max(0, bar.Value) : 0;
}
