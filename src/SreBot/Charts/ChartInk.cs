using System.Text;
using static SreBot.Charts.SvgText;

namespace SreBot.Charts;

/// <summary>The colours and the common parts of every picture. Colours are presentation attributes beside class names, so that a picture stands alone and a
/// page's stylesheet can still recolour it. There are no ids, no styles and no script: several fit in one page under any content policy.</summary>
internal static class ChartInk
{
    public const string Ink = "#1c2127", Muted = "#667080", Grid = "#e7eaee", Context = "#b9c0ca", Alarm = "#d13b3b", Quiet = "#5f7a96";
    public const double Margin = 32;

    private const double BoldTitle = 25; // px: bold letters are as wide as plain ones of that size
    private static readonly string[] Palette = ["#2f6bde", "#d9742b", "#128a7e", "#8457d0", "#b83a7d", "#6b7f1e"];

    public static int Colors => Palette.Length;

    public static string Color(int index) => Palette[index % Palette.Length];

    /// <summary>Where the colours begin again the lines are dashed, so that no two of twelve look alike.</summary>
    public static string Dashes(int index) => index / Palette.Length % 2 == 1 ? " stroke-dasharray=\"9 6\"" : "";

    /// <summary>The picture up to its title, alternative text included.</summary>
    public static StringBuilder Open(string title, string alternative, double width, double height) => new StringBuilder()
        .Append($"""<svg xmlns="http://www.w3.org/2000/svg" class="chart-svg" role="img" width="{Number(width)}" height="{Number(height)}" viewBox="0 0 {Number(width)} {Number(height)}" font-family="DejaVu Sans, sans-serif">""")
        .Append($"<title>{Escape(title)}</title><desc>{Escape(alternative)}</desc>")
        .Append($"""<rect class="chart-ground" width="{Number(width)}" height="{Number(height)}" fill="#ffffff"/>""")
        .Append(Text("chart-title", Margin, 40, FitWidth(title, BoldTitle, width - (2 * Margin)), Ink, 22, "start", "bold"));

    public static string Line(string name, double x1, double y1, double x2, double y2, string color, double width, string more = "") =>
        $"""<line class="{name}" x1="{Number(x1)}" x2="{Number(x2)}" y1="{Number(y1)}" y2="{Number(y2)}" stroke="{color}" stroke-width="{Number(width)}"{more}/>""";

    // The painter does not know dominant-baseline; 0.35 em below the middle is where the letters' feet stand.
    public static string Text(string name, double x, double y, string escaped, string color, int size, string anchor, string weight = "normal") =>
        $"""<text class="{name}" x="{Number(x)}" y="{Number(y)}" dy="0.35em" fill="{color}" font-size="{size}" font-weight="{weight}" text-anchor="{anchor}">{escaped}</text>""";
}
