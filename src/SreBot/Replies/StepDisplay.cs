using SreBot.Charts;
using SreBot.Model;

namespace SreBot.Replies;

/// <summary>A step's result as a notebook shows it: the record's and the fresh one's are written by the same hand, so that they differ where the numbers do.</summary>
/// <param name="Html">A table.</param>
/// <param name="Text">The same in plain text.</param>
/// <param name="Chart">Null when the result is not over time.</param>
internal sealed record StepDisplay(string Html, string Text, ChartPicture? Chart)
{
    public const int MostRows = 100;

    public static StepDisplay Of(RecordedStep step, StepTable table)
    {
        var html = new Html();
        if (table.Columns.Count > 0)
            StepCells.Write(html, table, MostRows);
        if (table.Rows.Count == 0)
            html.Element("p", "No rows.");
        if (StepCells.Cut(table, MostRows) is { } cut)
            html.Element("p", cut);

        var shown = table with { Rows = [.. table.Rows.Take(MostRows)], IsCut = false };
        return new StepDisplay(html.ToString(), $"{StepCells.Plain(shown)}{(StepCells.Cut(table, MostRows) is { } said ? "\n" + said : "")}", StepChart.Of(step, table) is { } chart ? ChartPicture.Of(chart) : null);
    }
}
