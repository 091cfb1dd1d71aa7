using System.Globalization;
using System.Text;
using SreBot.Adapters.Chat;

namespace SreBot.Adapters.Slack;

/// <summary>A table as aligned text in a code block, which every Slack client shows alike.</summary>
internal static class SlackTable
{
    private const int MostRows = 200;
    private const int WidestCell = 36;
    private const int WidestLine = 110;
    private const string Gap = "  ";
    private const string Fence = "```";
    private const int RoomForCutNote = 60;

    /// <summary>At most <paramref name="limit"/> characters, escaped; rows and columns that do not fit are counted in a last line.</summary>
    public static string Render(ReplyTable table, int limit)
    {
        var cells = table.Rows.Take(MostRows).Select(row => row.Select(Clean).ToArray()).ToList();
        var header = table.Columns.Select(Clean).ToArray();
        var widths = header.Select((name, column) => cells.Select(row => Width(Cell(row, column))).Append(Width(name)).Max()).ToArray();
        var columns = FittingColumns(widths);

        var text = new StringBuilder(Fence).Append('\n');
        text.Append(Line(header, widths, columns, table.Numeric)).Append('\n');
        text.Append(string.Join(Gap, widths.Take(columns).Select(width => new string('-', width)))).Append('\n');
        var shown = 0;
        foreach (var row in cells)
        {
            var line = Line(row, widths, columns, table.Numeric);
            if (text.Length + line.Length + 1 + Fence.Length + RoomForCutNote > limit)
                break;
            text.Append(line).Append('\n');
            shown++;
        }
        return text.Append(Fence).Append(CutNote(table.Rows.Count - shown, header.Length - columns)).ToString();
    }

    private static int FittingColumns(int[] widths)
    {
        var total = 0;
        var columns = widths.TakeWhile(width => (total += width + Gap.Length) <= WidestLine + Gap.Length).Count();
        return Math.Min(widths.Length, Math.Max(columns, 1));
    }

    private static string Line(string[] row, int[] widths, int columns, IReadOnlyList<int> numeric)
    {
        var cells = Enumerable.Range(0, columns).Select(column =>
        {
            var text = Cell(row, column);
            var padding = new string(' ', Math.Max(0, widths[column] - Width(text)));
            return numeric.Contains(column) ? padding + SlackText.Escape(text) : SlackText.Escape(text) + padding;
        });
        return string.Join(Gap, cells).TrimEnd();
    }

    private static string CutNote(int rows, int columns) => (rows, columns) switch
    {
        (0, 0) => "",
        (_, 0) => $"\n{Count(rows, "more row")}",
        (0, _) => $"\n{Count(columns, "more column")}",
        _ => $"\n{Count(rows, "more row")}, {Count(columns, "more column")}",
    };

    private static string Count(int count, string what) => $"{count} {what}{(count == 1 ? "" : "s")}";

    private static string Cell(string[] row, int column) => column < row.Length ? row[column] : "";

    /// <summary>One line, no longer than a cell may be; a back-tick could close the code block.</summary>
    private static string Clean(string raw)
    {
        var text = string.Concat(raw.ReplaceLineEndings(" ").Replace('\t', ' ').Replace('`', '\'').EnumerateRunes().Where(rune => Rune.GetUnicodeCategory(rune) != UnicodeCategory.Control));
        if (text.Length <= WidestCell)
            return text;
        return text[..SlackText.PrefixLength(text, WidestCell - 1)] + "…";
    }

    private static int Width(string text) => text.EnumerateRunes().Sum(Width);

    /// <summary>Columns of a fixed-width font: East Asian letters and pictures take two, marks on a letter none.</summary>
    private static int Width(Rune rune) => rune.Value switch
    {
        >= 0x1100 and <= 0x115F or >= 0x2E80 and <= 0xA4CF or >= 0xAC00 and <= 0xD7A3 or >= 0xF900 and <= 0xFAFF or >= 0xFF00 and <= 0xFF60
            or >= 0x1F300 and <= 0x1FAFF or >= 0x20000 and <= 0x3FFFD => 2,
        _ => Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark or UnicodeCategory.Format ? 0 : 1,
    };
}
