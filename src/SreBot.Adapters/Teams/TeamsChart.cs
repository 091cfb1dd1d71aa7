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
            ["fallback"] = picture is null ? Sentence(chart) : Picture(chart, picture),
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

    private static JsonObject Picture(ReplyChart chart, byte[] png) => new()
    {
        ["type"] = "Image",
        ["url"] = $"data:image/png;base64,{Convert.ToBase64String(png)}",
        ["altText"] = chart.AlternativeText,
    };

    private static JsonObject Sentence(ReplyChart chart) => TeamsText.Note($"{chart.Title}: {chart.AlternativeText}");
}
