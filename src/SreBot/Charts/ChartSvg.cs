using System.Text;
using SreBot.Adapters.Chat;
using static SreBot.Charts.ChartInk;
using static SreBot.Charts.SvgText;

namespace SreBot.Charts;

/// <summary>Draws a chart as one SVG: lines on 1,200 by 500 pixels, bars as high as they need.</summary>
internal static class ChartSvg
{
    /// <summary>The whole picture, alternative text included.</summary>
    public static string Render(ReplyChart chart)
    {
        var svg = Open(chart.Title, chart.AlternativeText, ChartFrame.Width, ChartFrame.Height);
        if (ChartFrame.Fit(chart) is { } frame)
        {
            ChartLegend.Append(svg, chart);
            AppendHighlight(svg, chart, frame);
            if (chart.Band is { } band)
                ChartBand.Append(svg, band, frame);
            AppendAxes(svg, chart, frame);
            AppendThreshold(svg, chart, frame);
            AppendSeries(svg, chart, frame);
        }
        else
        {
            svg.Append(Text("chart-empty", ChartFrame.Width / 2, ChartFrame.Height / 2, "No data in this window", Muted, 20, "middle"));
        }
        return svg.Append("</svg>").ToString();
    }

    /// <summary>The same for bars.</summary>
    public static string Render(ReplyBars bars) => ChartBars.Render(bars);

    private static IEnumerable<ReplySeries> Foreground(ReplyChart chart) => chart.Series.Where(series => !series.IsContext);

    private static void AppendHighlight(StringBuilder svg, ReplyChart chart, ChartFrame frame)
    {
        if (chart.Highlight is not { } span)
            return;
        var (left, right) = (frame.X(span.From), frame.X(span.To));
        var width = Math.Max(right - left, 2); // a moment still shows
        var isLate = left > ChartFrame.Right - 160;
        var label = isLate ? ChartFrame.Right : Math.Max(left, ChartFrame.Left + 16 + Math.Min(300, Width(chart.Unit, 14))); // above the lines, beside the unit
        svg.Append($"""<rect class="chart-highlight" x="{Number(left)}" y="{ChartFrame.Top}" width="{Number(width)}" height="{ChartFrame.Bottom - ChartFrame.Top}" fill="#f6b73c" fill-opacity="0.16"/>""")
            .Append(Line("chart-highlight-edge", left, ChartFrame.Top, left, ChartFrame.Bottom, "#d99a1f", 1.5))
            .Append(Text("chart-highlight-label", label, ChartFrame.Top - 14, FitWidth(span.Label, 14, 300), "#8a5f0a", 14, isLate ? "end" : "start"));
    }

    private static void AppendAxes(StringBuilder svg, ReplyChart chart, ChartFrame frame)
    {
        var step = frame.Values[1] - frame.Values[0];
        foreach (var value in frame.Values)
        {
            var y = frame.Y(value);
            svg.Append(Line("chart-grid", ChartFrame.Left, y, ChartFrame.Right, y, Grid, 1))
                .Append(Text("chart-label", ChartFrame.Left - 12, y, NiceTicks.Label(value, step), Muted, 15, "end"));
        }
        svg.Append(Line("chart-base", ChartFrame.Left, ChartFrame.Bottom, ChartFrame.Right, ChartFrame.Bottom, ChartInk.Context, 1))
            .Append(Text("chart-unit", ChartFrame.Left, ChartFrame.Top - 18, FitWidth(chart.Unit, 14, 300), Muted, 14, "start"));
        foreach (var (at, label) in frame.Times)
        {
            var x = frame.X(at);
            svg.Append(Line("chart-tick", x, ChartFrame.Bottom, x, ChartFrame.Bottom + 6, ChartInk.Context, 1))
                .Append(Text("chart-label", Math.Min(x, ChartFrame.Width - 4 - (Width(label, 15) / 2)), ChartFrame.Bottom + 22, label, Muted, 15, "middle"));
        }
        svg.Append(Text("chart-zone", ChartFrame.Right, 76, "UTC", Muted, 14, "end"));
    }

    private static void AppendThreshold(StringBuilder svg, ReplyChart chart, ChartFrame frame)
    {
        if (chart.Threshold is not { } threshold || !double.IsFinite(threshold))
            return;
        var y = frame.Y(threshold);
        var isUnderLabel = chart.Highlight is not null && y < ChartFrame.Top + 12;
        svg.Append(Line("chart-threshold", ChartFrame.Left, y, ChartFrame.Right, y, Alarm, 1.5, " stroke-dasharray=\"7 5\""))
            .Append(Text("chart-threshold-label", ChartFrame.Right, isUnderLabel ? y + 13 : y - 13, Escape($"threshold {threshold:#,0.##} {chart.Unit}"), Alarm, 14, "end"));
    }

    // Context first, so that what matters lies on top.
    private static void AppendSeries(StringBuilder svg, ReplyChart chart, ChartFrame frame)
    {
        foreach (var series in chart.Series.Where(series => series.IsContext))
            AppendLine(svg, "chart-context", series, frame, ChartInk.Context, 1.25, "");
        foreach (var (index, series) in Foreground(chart).Index())
            AppendLine(svg, $"chart-line chart-line-{index % Colors}", series, frame, Color(index), 2.75, Dashes(index));
    }

    private static void AppendLine(StringBuilder svg, string name, ReplySeries series, ChartFrame frame, string color, double width, string dashes)
    {
        var path = new StringBuilder();
        foreach (var run in Runs(series.Points))
        {
            if (run is [var alone])
                svg.Append($"""<circle class="{name}-point" cx="{Number(frame.X(alone.At))}" cy="{Number(frame.Y(alone.Value!.Value))}" r="{Number(width)}" fill="{color}"/>""");
            else
                path.Append('M').AppendJoin('L', run.Select(point => $"{Number(frame.X(point.At))} {Number(frame.Y(point.Value!.Value))}"));
        }
        if (path.Length > 0)
            svg.Append($"""<path class="{name}" d="{path}" fill="none" stroke="{color}" stroke-width="{Number(width)}" stroke-linejoin="round" stroke-linecap="round"{dashes}/>""");
    }

    /// <summary>The stretches without a gap.</summary>
    private static IEnumerable<List<ReplyPoint>> Runs(IReadOnlyList<ReplyPoint> points)
    {
        var run = new List<ReplyPoint>();
        foreach (var point in points)
        {
            if (point.Value is { } value && double.IsFinite(value))
            {
                run.Add(point);
            }
            else if (run.Count > 0)
            {
                yield return run;
                run = [];
            }
        }
        if (run.Count > 0)
            yield return run;
    }
}
