using System.Text.Json.Nodes;
using SreBot.Adapters.Chat;

namespace SreBot.Adapters.Teams;

/// <summary>A chart by Teams' own Chart.Line element, with a picture or a sentence for clients that do not know it.</summary>
internal static class TeamsChart
{
    private const int MostSeries = 8;

    /// <summary>Of Teams' palette, told apart by people who do not see all colours.</summary>
    private static readonly string[] Colors = ["categoricalBlue", "categoricalMarigold", "categoricalPurple", "categoricalTeal", "categoricalRed", "categoricalLime"];

    public static IEnumerable<JsonObject> Render(ReplyChart chart, TeamsDetail detail, byte[]? picture)
    {
        var times = chart.Series.SelectMany(series => series.Points).Where(point => point.Value is not null).Select(point => point.At).ToList();
        yield return TeamsText.Title(chart.Title); // the element's own title is shown by some clients only
        if (times.Count == 0)
        {
            yield return TeamsText.Note(chart.AlternativeText);
            yield break;
        }

        var axis = TeamsAxis.Over(times.Min(), times.Max());
        yield return new JsonObject
        {
            ["type"] = "Chart.Line",
            ["title"] = chart.Title,
            ["xAxisTitle"] = axis.Title,
            ["yAxisTitle"] = chart.Unit,
            ["data"] = new JsonArray([.. Lines(chart, detail, axis)]),
            ["fallback"] = Fallback(chart.Title, chart.AlternativeText, picture),
        };
        if (chart.Highlight is { } span)
            yield return TeamsText.Note($"{span.Label}: {span.From.UtcDateTime:yyyy-MM-dd HH:mm} to {span.To.UtcDateTime:HH:mm} UTC.");
    }

    private static IEnumerable<JsonObject> Lines(ReplyChart chart, TeamsDetail detail, TeamsAxis axis)
    {
        var color = 0;
        foreach (var series in chart.Series.OrderBy(series => series.IsContext).Take(MostSeries))
        {
            var points = Thin(series.Points, detail.Points).Select(point => Point(axis.Place(point.At), point.Value!.Value));
            yield return Line(series.Name, series.IsContext ? "neutral" : Colors[color++ % Colors.Length], points);
        }

        if (chart.Band is { } band) // the element knows no area: the two ends stand for it
        {
            yield return Line($"{band.Name}, upper end", "neutral", Ends(band, point => point.High, stretch => stretch.Max(point => point.Value), detail, axis));
            yield return Line($"{band.Name}, lower end", "neutral", Ends(band, point => point.Low, stretch => stretch.Min(point => point.Value), detail, axis));
        }

        if (chart.Threshold is { } threshold)
            yield return Line($"threshold {threshold:G6} {chart.Unit}", "attention", [Point(0, threshold), Point(axis.Last, threshold)]);
    }

    private static JsonObject Line(string name, string color, IEnumerable<JsonObject> points) =>
        new() { ["legend"] = name, ["color"] = color, ["values"] = new JsonArray([.. points]) };

    private static JsonObject Point(double place, double value) => new() { ["x"] = place, ["y"] = Math.Round(value, 3) };

    /// <summary>The highest point of each stretch: peaks are what people look for, and every point shown is a real one.</summary>
    private static IEnumerable<ReplyPoint> Thin(IReadOnlyList<ReplyPoint> points, int most)
    {
        var known = points.Where(point => point.Value is { } value && double.IsFinite(value)).ToList();
        return known.Count <= most
            ? known
            : known.Chunk((known.Count + most - 1) / most).Select(stretch => stretch.MaxBy(point => point.Value)!);
    }

    /// <summary>A stretch of the band's end by its outermost value, so that no point of it is made to look outside.</summary>
    private static IEnumerable<JsonObject> Ends(ReplyBand band, Func<ReplyBandPoint, double?> end, Func<IEnumerable<ReplyPoint>, double?> outermost, TeamsDetail detail, TeamsAxis axis)
    {
        var known = band.Points.Select(point => new ReplyPoint(point.At, end(point))).Where(point => point.Value is { } value && double.IsFinite(value) && point.At >= axis.Start && point.At <= axis.End).ToList();
        if (known.Count == 0)
            return [];

        var steady = known.TrueForAll(point => point.Value == known[0].Value);
        var shown = steady ? [known[0], known[^1]] : known.Chunk(Math.Max(1, (known.Count + detail.Points - 1) / detail.Points)).Select(stretch => new ReplyPoint(stretch[0].At, outermost(stretch)));
        return shown.Select(point => Point(axis.Place(point.At), point.Value!.Value));
    }

    /// <summary>For clients that do not know the element: the picture, or the sentence.</summary>
    public static JsonObject Fallback(string title, string alternative, byte[]? png) => png is null ? TeamsText.Note($"{title}: {alternative}") : new()
    {
        ["type"] = "Image",
        ["url"] = $"data:image/png;base64,{Convert.ToBase64String(png)}",
        ["altText"] = alternative,
    };
}
