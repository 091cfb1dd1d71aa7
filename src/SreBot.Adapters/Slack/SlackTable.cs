using System.Text;
using SreBot.Adapters.Chat;

namespace SreBot.Adapters.Slack;

/// <summary>A table as aligned text in code blocks, which every Slack client shows alike. What does not fit into one goes on in the next, below the header again.</summary>
internal sealed class SlackTable
{
    private const int WidestGroup = 110;

    /// <summary>Leaves a row's line and the header above it room in one code block.</summary>
    private const int LongestGroup = 1200;
    private const int LongestName = 100;
    private const string Gap = "  ";
    private const string Fence = "```";

    private readonly IReadOnlyList<SlackColumn> _columns;

    public SlackTable(ReplyTable table)
    {
        var names = table.Columns.Select(SlackCells.Clean).ToList();
        LongNames = [.. names.Select((name, column) => (Number: Number(column), Name: name)).Where(one => IsLong(one.Name)).Select(one => $"{one.Number}: {one.Name}")];
        _columns = [.. names.Select((name, column) => SlackColumn.Of(IsLong(name) ? Number(column) : name, table.Rows.Select(row => column < row.Count ? row[column] : ""), table.Numeric.Contains(column)))];
    }

    /// <summary>The names too long to stand above a column, each behind the number that stands there instead.</summary>
    public IReadOnlyList<string> LongNames { get; }

    /// <summary>Code blocks of at most <paramref name="limit"/> characters, escaped; 3,000 is the least that will do.</summary>
    public IEnumerable<string> Render(int limit) => Groups().SelectMany(group => Render(group, limit));

    private static bool IsLong(string name) => SlackCells.Width(name) > SlackColumn.Widest || SlackText.EscapedLength(name) > LongestName;

    private static string Number(int column) => $"({column + 1})";

    /// <summary>As many columns side by side as a screen shows; the first is repeated in each group, since it names the row.</summary>
    private IEnumerable<IReadOnlyList<SlackColumn>> Groups()
    {
        var group = new List<SlackColumn>();
        foreach (var column in _columns)
        {
            if (group.Count > 1 && !Fits([.. group, column]))
            {
                yield return group;
                group = [_columns[0]];
            }
            group.Add(column);
        }
        yield return group;
    }

    private static bool Fits(List<SlackColumn> group) =>
        group.Sum(column => column.Width + Gap.Length) <= WidestGroup + Gap.Length && group.Sum(column => column.Characters) <= LongestGroup;

    private static IEnumerable<string> Render(IReadOnlyList<SlackColumn> group, int limit)
    {
        var header = $"{Fence}\n{Line(group, column => column.Name)}\n{string.Join(Gap, group.Select(column => new string('-', column.Width)))}\n";
        var text = new StringBuilder(header);
        for (var row = 0; row < group[0].Cells.Count; row++)
        {
            var lines = Lines(group, row);
            var isWhole = header.Length + lines.Sum(line => line.Length + 1) + Fence.Length <= limit;
            foreach (var piece in isWhole ? [string.Join('\n', lines)] : lines) // a row that fills more than a whole code block goes on in the next
            {
                if (text.Length > header.Length && text.Length + piece.Length + 1 + Fence.Length > limit)
                {
                    yield return text.Append(Fence).ToString();
                    text.Clear().Append(header);
                }
                text.Append(piece).Append('\n');
            }
        }
        yield return text.Append(Fence).ToString();
    }

    private static IReadOnlyList<string> Lines(IReadOnlyList<SlackColumn> group, int row)
    {
        var height = group.Max(column => column.Cells[row].Count);
        return [.. Enumerable.Range(0, height).Select(line => Line(group, column => line < column.Cells[row].Count ? column.Cells[row][line] : ""))];
    }

    private static string Line(IReadOnlyList<SlackColumn> group, Func<SlackColumn, string> text) => string.Join(Gap, group.Select(column => column.Pad(text(column)))).TrimEnd();
}
