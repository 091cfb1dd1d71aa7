using System.Text;
using SreBot.Adapters.Chat;
using static SreBot.Charts.SvgText;

namespace SreBot.Charts;

/// <summary>
/// Draws a chart as one SVG of 1,200 by 500 pixels. Colours are presentation attributes beside class names, so that it stands alone as a picture and a page's
/// stylesheet can still recolour it. It has no ids, no styles and no script: several fit in one page under any content policy.
/// </summary>
internal static class ChartSvg
{
    private const string Ink = "#1c2127", Muted = "#667080", Grid = "#e7eaee", Context = "#b9c0ca", Alarm = "#d13b3b";
    private static readonly string[] Palette = ["#2f6bde", "#d9742b", "#128a7e", "#8457d0", "#b83a7d", "#6b7f1e"];

    /// <summary>The whole picture, alternative text included.</summary>
    public static string Render(ReplyChart chart)
    {
        var svg = new StringBuilder();
        svg.Append($"""<svg xmlns="http://www.w3.org/2000/svg" class="chart-svg" role="img" width="{ChartFrame.Width}" height="{ChartFrame.Height}" viewBox="0 0 {ChartFrame.Width} {ChartFrame.Height}" font-family="DejaVu Sans, sans-serif">""")
            .Append($"<title>{Escape(chart.Title)}</title><desc>{Escape(chart.AlternativeText)}</desc>")
            .Append($"""<rect class="chart-ground" width="{ChartFrame.Width}" height="{ChartFrame.Height}" fill="#ffffff"/>""")
            .Append(Text("chart-title", 32, 40, Fit(chart.Title, 76), Ink, 22, "start", "bold"));
        if (ChartFrame.Fit(chart) is { } frame)
        {
            AppendLegend(svg, chart);
            AppendHighlight(svg, chart, frame);
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

    private static void AppendLegend(StringBuilder svg, ReplyChart chart)
    {
        var x = 32.0;
        foreach (var (name, color) in LegendEntries(chart))
        {
            var label = Fit(name, 34);
            var width = 30 + 8.9 * Math.Min(name.Length, 34) + 28; // DejaVu Sans is 8.9 px wide a letter at 15 px, on the average
            if (x + width > ChartFrame.Right - 60)
                return;
            svg.Append($"""<line class="chart-key" x1="{Number(x)}" x2="{Number(x + 20)}" y1="76" y2="76" stroke="{color}" stroke-width="4" stroke-linecap="round"/>""")
                .Append(Text("chart-label", x + 30, 76, label, Muted, 15, "start"));
            x += width;
        }
    }

    // Past two, context lines are told apart by nobody: they share one entry.
    private static IEnumerable<(string Name, string Color)> LegendEntries(ReplyChart chart)
    {
        var context = chart.Series.Where(series => series.IsContext).ToList();
        return Foreground(chart).Select((series, index) => (series.Name, Color(index)))
            .Concat(context.Count > 2
                ? [($"{context.Count} others for comparison", Context)]
                : context.Select(series => (series.Name, Context)));
    }

    private static IEnumerable<ReplySeries> Foreground(ReplyChart chart) => chart.Series.Where(series => !series.IsContext);

    private static string Color(int index) => Palette[index % Palette.Length];

    private static void AppendHighlight(StringBuilder svg, ReplyChart chart, ChartFrame frame)
    {
        if (chart.Highlight is not { } span)
            return;
        var (left, right) = (frame.X(span.From), frame.X(span.To));
        var width = Math.Max(right - left, 2); // a moment still shows
        var anchor = left > ChartFrame.Right - 160 ? "end" : "start";
        svg.Append($"""<rect class="chart-highlight" x="{Number(left)}" y="{ChartFrame.Top}" width="{Number(width)}" height="{ChartFrame.Bottom - ChartFrame.Top}" fill="#f6b73c" fill-opacity="0.16"/>""")
            .Append($"""<line class="chart-highlight-edge" x1="{Number(left)}" x2="{Number(left)}" y1="{ChartFrame.Top}" y2="{ChartFrame.Bottom}" stroke="#d99a1f" stroke-width="1.5"/>""")
            .Append(Text("chart-highlight-label", anchor == "end" ? left - 8 : left + 8, ChartFrame.Top + 14, Fit(span.Label, 36), "#8a5f0a", 14, anchor));
    }

    private static void AppendAxes(StringBuilder svg, ReplyChart chart, ChartFrame frame)
    {
        var step = frame.Values[1] - frame.Values[0];
        foreach (var value in frame.Values)
        {
            var y = frame.Y(value);
            svg.Append($"""<line class="chart-grid" x1="{ChartFrame.Left}" x2="{ChartFrame.Right}" y1="{Number(y)}" y2="{Number(y)}" stroke="{Grid}" stroke-width="1"/>""")
                .Append(Text("chart-label", ChartFrame.Left - 12, y, NiceTicks.Label(value, step), Muted, 15, "end"));
        }
        svg.Append($"""<line class="chart-base" x1="{ChartFrame.Left}" x2="{ChartFrame.Right}" y1="{ChartFrame.Bottom}" y2="{ChartFrame.Bottom}" stroke="{Context}" stroke-width="1"/>""")
            .Append(Text("chart-unit", ChartFrame.Left, ChartFrame.Top - 18, Fit(chart.Unit, 40), Muted, 14, "start"));
        foreach (var (at, label) in frame.Times)
        {
            var x = frame.X(at);
            svg.Append($"""<line class="chart-tick" x1="{Number(x)}" x2="{Number(x)}" y1="{ChartFrame.Bottom}" y2="{ChartFrame.Bottom + 6}" stroke="{Context}" stroke-width="1"/>""")
                .Append(Text("chart-label", x, ChartFrame.Bottom + 22, label, Muted, 15, "middle"));
        }
        svg.Append(Text("chart-zone", ChartFrame.Right, 76, "UTC", Muted, 14, "end"));
    }

    private static void AppendThreshold(StringBuilder svg, ReplyChart chart, ChartFrame frame)
    {
        if (chart.Threshold is not { } threshold || !double.IsFinite(threshold))
            return;
        var y = frame.Y(threshold);
        svg.Append($"""<line class="chart-threshold" x1="{ChartFrame.Left}" x2="{ChartFrame.Right}" y1="{Number(y)}" y2="{Number(y)}" stroke="{Alarm}" stroke-width="1.5" stroke-dasharray="7 5"/>""")
            .Append(Text("chart-threshold-label", ChartFrame.Right, y - 13, Escape($"threshold {threshold:#,0.##} {chart.Unit}"), Alarm, 14, "end"));
    }

    // Context first, so that what matters lies on top.
    private static void AppendSeries(StringBuilder svg, ReplyChart chart, ChartFrame frame)
    {
        foreach (var series in chart.Series.Where(series => series.IsContext))
            AppendLine(svg, "chart-context", series, frame, Context, 1.25);
        foreach (var (index, series) in Foreground(chart).Index())
            AppendLine(svg, $"chart-line chart-line-{index % Palette.Length}", series, frame, Color(index), 2.75);
    }

    private static void AppendLine(StringBuilder svg, string name, ReplySeries series, ChartFrame frame, string color, double width)
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
            svg.Append($"""<path class="{name}" d="{path}" fill="none" stroke="{color}" stroke-width="{Number(width)}" stroke-linejoin="round" stroke-linecap="round"/>""");
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

    // The painter does not know dominant-baseline; 0.35 em below the middle is where the letters' feet stand.
    private static string Text(string name, double x, double y, string escaped, string color, int size, string anchor, string weight = "normal") =>
        $"""<text class="{name}" x="{Number(x)}" y="{Number(y)}" dy="0.35em" fill="{color}" font-size="{size}" font-weight="{weight}" text-anchor="{anchor}">{escaped}</text>""";
}
