using System.Globalization;
using System.Text;
using SreBot.Model;

namespace SreBot.Replies;

/// <summary>A step's result for reading: the same cells on the page, in an export and in what a step that runs again answers.</summary>
internal static class StepCells
{
    private const int MostWidth = 60;

    /// <summary>A cell as a person reads it; times in UTC.</summary>
    public static string Text(object? value) => value switch
    {
        null => "–",
        DateTimeOffset at => Time(at),
        string text => Moment(text) is { } at ? Time(at) : PlainText.Line(text),
        double number => number.ToString("0.######", CultureInfo.InvariantCulture),
        bool yes => yes ? "true" : "false",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "",
    };

    public static bool IsNumber(object? value) => value is double or long or ulong or decimal or int;

    /// <summary>The time in a cell that came back from the record as text; null for any other text.</summary>
    public static DateTimeOffset? Moment(object? value) => value switch
    {
        DateTimeOffset at => at,
        string { Length: >= 25 and <= 33 } text when text[10] == 'T' && text.EndsWith("+00:00", StringComparison.Ordinal)
            && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal, out var at) => at,
        _ => null,
    };

    /// <summary>A table; its only attributes are the classes of numbers and of long texts.</summary>
    public static void Write(Html html, StepTable table, int mostRows)
    {
        html.Raw("<table class=\"table\"><thead><tr>");
        for (var i = 0; i < table.Columns.Count; i++)
        {
            html.Element("th", table.Columns[i], table.Rows.Any(row => IsNumber(row[i])) ? "class=\"num\"" : "");
        }

        html.Raw("</tr></thead><tbody>");
        foreach (var row in table.Rows.Take(mostRows))
        {
            html.Raw("<tr>");
            foreach (var cell in row)
            {
                html.Element("td", Text(cell), IsNumber(cell) ? "class=\"num\"" : cell is string { Length: > MostWidth } ? "class=\"text\"" : "");
            }

            html.Raw("</tr>");
        }

        html.Raw("</tbody></table>");
    }

    /// <summary>How much of the result a table of so many rows shows; null: all of it.</summary>
    public static string? Cut(StepTable table, int mostRows) => table.IsCut ? $"The first {Math.Min(mostRows, table.Rows.Count)} rows; there were more."
        : table.Rows.Count > mostRows ? $"{mostRows} of {table.Rows.Count} rows." : null;

    /// <summary>Columns set in spaces.</summary>
    public static string Plain(StepTable table)
    {
        if (table.Columns.Count == 0)
            return "No rows.";

        var lines = table.Rows.Select(row => row.Select(Text).Select(Shorten).ToList()).Prepend([.. table.Columns.Select(PlainText.Line).Select(Shorten)]).ToList();
        var widths = Enumerable.Range(0, table.Columns.Count).Select(i => lines.Max(line => line[i].Length)).ToList();
        var text = new StringBuilder();
        foreach (var line in lines)
        {
            text.Append(string.Join("  ", line.Select((cell, i) => cell.PadRight(widths[i]))).TrimEnd()).Append('\n');
        }

        return text.ToString().TrimEnd('\n');
    }

    private static string Time(DateTimeOffset at) => at.UtcDateTime.ToString(at.Millisecond == 0 ? "yyyy-MM-dd HH:mm:ss" : "yyyy-MM-dd HH:mm:ss.fff", CultureInfo.InvariantCulture);

    private static string Shorten(string text) => text.Length <= MostWidth ? text : text[..(MostWidth - 1)] + "…";
}
