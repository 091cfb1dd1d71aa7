using System.Text.Json.Nodes;
using SreBot.Adapters.Chat;

namespace SreBot.Adapters.Teams;

/// <summary>Bars by Teams' own Chart.HorizontalBar element, with a picture or a sentence for clients that do not know it.</summary>
internal static class TeamsBars
{
    private const int Most = 12;
    private const int LongestName = 80;

    public static IEnumerable<JsonObject> Render(ReplyBars bars, byte[]? picture)
    {
        yield return TeamsText.Title(bars.Title); // the element's own title is shown by some clients only
        var shown = bars.Bars.Where(bar => double.IsFinite(bar.Value)).Take(Most).ToList();
        if (shown.Count == 0)
        {
            yield return TeamsText.Note(bars.AlternativeText);
            yield break;
        }

        yield return new JsonObject
        {
            ["type"] = "Chart.HorizontalBar",
            ["title"] = bars.Title,
            ["xAxisTitle"] = bars.Unit,
            ["displayMode"] = "AbsoluteWithAxis",
            ["data"] = new JsonArray([.. shown.Select(Bar)]),
            ["fallback"] = TeamsChart.Fallback(bars.Title, bars.AlternativeText, picture),
        };
    }

    private static JsonObject Bar(ReplyBar bar) => new()
    {
        ["x"] = TeamsText.Shorten($"{bar.Name}: {bar.Label}", LongestName),
        ["y"] = Math.Round(Math.Max(0, bar.Value), 3),
        ["color"] = "categoricalBlue",
    };
}
