using System.Text.Json.Nodes;
using SreBot.Adapters.Chat;

namespace SreBot.Adapters.Teams;

/// <summary>A table by the Table element of Adaptive Cards 1.5.</summary>
internal static class TeamsTable
{
    private const int LongestCell = 200;

    public static IEnumerable<JsonObject> Render(ReplyTable table, TeamsDetail detail)
    {
        yield return TeamsText.Title(table.Title);
        var shown = table.Rows.Take(detail.Rows).ToList();
        if (shown.Count > 0 && table.Columns.Count > 0)
            yield return Table(table, shown);
        if (shown.Count < table.Rows.Count)
            yield return TeamsText.Note($"{table.Rows.Count - shown.Count:N0} more rows are not shown.");
        else if (shown.Count == 0)
            yield return TeamsText.Note("No rows.");
    }

    private static JsonObject Table(ReplyTable table, IReadOnlyList<IReadOnlyList<string>> rows) => new()
    {
        ["type"] = "Table",
        ["firstRowAsHeader"] = true,
        ["columns"] = new JsonArray([.. table.Columns.Select((_, index) => Column(table, index))]),
        ["rows"] = new JsonArray([Row(table.Columns), .. rows.Select(Row)]),
    };

    private static JsonObject Column(ReplyTable table, int index)
    {
        var column = new JsonObject { ["width"] = 1 };
        if (table.Numeric.Contains(index))
            column["horizontalCellContentAlignment"] = "Right";
        return column;
    }

    private static JsonObject Row(IReadOnlyList<string> cells) => new()
    {
        ["type"] = "TableRow",
        ["cells"] = new JsonArray([.. cells.Select(Cell)]),
    };

    private static JsonObject Cell(string text) => new()
    {
        ["type"] = "TableCell",
        ["items"] = new JsonArray(TeamsText.Line(TeamsText.Shorten(text, LongestCell))),
    };
}
