namespace SreBot.Adapters.Slack;

/// <summary>A column of a table, laid out.</summary>
/// <param name="Name">As it stands above the column.</param>
/// <param name="Cells">Of each row, its lines.</param>
/// <param name="Width">In columns of a fixed-width font.</param>
/// <param name="Characters">At most that many on a line once escaped, the padding aside.</param>
internal sealed record SlackColumn(string Name, IReadOnlyList<IReadOnlyList<string>> Cells, bool IsNumeric, int Width, int Characters)
{
    /// <summary>A cell is wrapped at this width; a word that is wider makes its column wider, up to <see cref="WidestWord"/>.</summary>
    public const int Widest = 36;

    private const int WidestWord = 76;
    private const int LongestLine = 600;

    public static SlackColumn Of(string name, IEnumerable<string> cells, bool isNumeric)
    {
        var texts = cells.Select(SlackCells.Clean).ToList();
        var widest = Math.Clamp(texts.Select(SlackCells.WidestWord).Append(0).Max(), Widest, WidestWord);
        var wrapped = texts.Select(text => SlackCells.Wrap(text, widest, LongestLine)).ToList();
        var lines = wrapped.SelectMany(lines => lines).Append(name).ToList();
        return new(name, wrapped, isNumeric, Math.Max(1, lines.Max(SlackCells.Width)), lines.Max(line => SlackText.EscapedLength(line)));
    }

    /// <summary>That text padded to the column's width.</summary>
    public string Pad(string text)
    {
        var padding = new string(' ', Math.Max(0, Width - SlackCells.Width(text)));
        return IsNumeric ? padding + SlackText.Escape(text) : SlackText.Escape(text) + padding;
    }
}
