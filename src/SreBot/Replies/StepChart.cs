using SreBot.Adapters.Chat;
using SreBot.Model;

namespace SreBot.Replies;

/// <summary>A result over time as lines: of the columns <c>at</c> and <c>value</c>, a line for each value of a text column.</summary>
internal static class StepChart
{
    private const int MostLines = 12;
    private const int MostAlternative = 500;

    /// <summary>Null when the result has no such columns, or nothing to draw.</summary>
    public static ReplyChart? Of(RecordedStep step, StepTable table)
    {
        if (!table.Columns.Contains("at") || !table.Columns.Contains("value") || table.Rows.Count < 2)
            return null;

        var (at, value) = (table.Column("at"), table.Column("value"));
        var name = Enumerable.Range(0, table.Columns.Count).FirstOrDefault(i => i != at && table.Rows[0][i] is string, -1);
        var lines = table.Rows.Where(row => StepCells.Moment(row[at]) is not null)
            .GroupBy(row => name < 0 ? "value" : StepCells.Text(row[name]))
            .Select(rows => new ReplySeries(rows.Key, [.. rows.Select(row => new ReplyPoint(StepCells.Moment(row[at])!.Value, Number(row[value]))).OrderBy(point => point.At)]))
            .ToList();
        var alternative = PlainText.Line($"Lines over time: {step.Question}. {step.Conclusion}").Trim();
        return lines.Count is 0 or > MostLines || lines.All(line => line.Points.Count < 2) ? null
            : new ReplyChart(PlainText.Line(step.Question), "", alternative.Length <= MostAlternative ? alternative : alternative[..(MostAlternative - 1)] + "…", lines);
    }

    private static double? Number(object? cell) => StepCells.IsNumber(cell) && Convert.ToDouble(cell) is var number && double.IsFinite(number) ? number : null;
}
