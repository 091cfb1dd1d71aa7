using System.Text;
using SreBot.Adapters.Chat;
using static SreBot.Charts.ChartInk;
using static SreBot.Charts.SvgText;

namespace SreBot.Charts;

/// <summary>The band behind the lines: a quiet area, and a quiet edge so that one of no height still shows.</summary>
internal static class ChartBand
{
    public static void Append(StringBuilder svg, ReplyBand band, ChartFrame frame)
    {
        var path = new StringBuilder();
        foreach (var run in Runs(band.Points))
        {
            var upper = run.Select(point => $"{Number(frame.X(point.At))} {Number(frame.Y(point.High!.Value))}");
            var lower = run.AsEnumerable().Reverse().Select(point => $"{Number(frame.X(point.At))} {Number(frame.Y(point.Low!.Value))}");
            path.Append('M').AppendJoin('L', upper.Concat(lower)).Append('Z');
        }
        if (path.Length > 0)
            svg.Append($"""<path class="chart-band" d="{path}" fill="{Quiet}" fill-opacity="0.16" stroke="{Quiet}" stroke-opacity="0.35" stroke-width="1"/>""");
    }

    /// <summary>The ends that are known.</summary>
    public static IEnumerable<double> Values(ReplyBand? band) => band is null ? [] : band.Points.Where(IsKnown).SelectMany(point => new[] { point.Low!.Value, point.High!.Value });

    private static bool IsKnown(ReplyBandPoint point) => point is { Low: { } low, High: { } high } && double.IsFinite(low) && double.IsFinite(high);

    private static IEnumerable<List<ReplyBandPoint>> Runs(IReadOnlyList<ReplyBandPoint> points)
    {
        var run = new List<ReplyBandPoint>();
        foreach (var point in points)
        {
            if (IsKnown(point))
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
