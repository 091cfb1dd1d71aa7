using System.Text;
using SreBot.Adapters.Chat;
using SreBot.Evidence;
using SreBot.Evidence.Notes;
using SreBot.Replies;
using SreBot.Model;

namespace SreBot.Investigations.Export;

/// <summary>The parts of an investigation as Markdown: a document of its own, and a notebook's text cells.</summary>
internal static class MarkdownExport
{
    public static string Write(InvestigationRecord record, PublicAddress links)
    {
        var text = new StringBuilder(Head(record, links));
        if (Answer(record, links) is { } answer)
            text.Append("\n\n").Append(answer);
        foreach (var step in record.Steps)
        {
            text.Append("\n\n").Append(Step(step)).Append('\n');
            Table(text, step.Table);
        }

        foreach (var note in record.Notes)
        {
            text.Append("\n\n").Append(Note(note));
        }

        return text.Append('\n').ToString();
    }

    public static string Head(InvestigationRecord record, PublicAddress links) =>
        $"# {MarkdownText.Escape(record.Question)}\n\n{MarkdownText.EscapeStart(InvestigationExport.Asked(record))} {MarkdownText.Link("Open it in SreBot", links.Complete(StepLinks.Page(record.Id)))}.";

    /// <summary>Null when there is none.</summary>
    public static string? Answer(InvestigationRecord record, PublicAddress links) =>
        record.Answer is { } answer ? $"## Answer\n\n{ReplyMarkdown.Write(ReplyLinks.Map(answer, links.Complete))}" : null;

    /// <summary>What was asked and concluded, and the query as it ran.</summary>
    public static string Step(RecordedStep step)
    {
        var text = new StringBuilder($"## Step {step.Number}: {MarkdownText.Escape(step.Question)}\n\n");
        if (step.Conclusion is { } conclusion)
            text.Append(MarkdownText.EscapeStart(conclusion)).Append("\n\n");
        if (step.Parameters.Count == 0)
            return text.Append($"Source: {MarkdownText.Escape(step.Sql)}, read {StepCells.Text(step.AsOf)} UTC.").ToString();

        text.Append($"Read {StepCells.Text(step.AsOf)} UTC.\n\n").Append(MarkdownText.Block("sql", step.Sql)).Append('\n');
        foreach (var (name, value) in step.Parameters.OrderBy(parameter => parameter.Key, StringComparer.Ordinal))
        {
            text.Append($"- {MarkdownText.Code(name)}: {MarkdownText.Code(value)}\n");
        }

        return text.ToString().TrimEnd();
    }

    public static string Note(InvestigationNote note) =>
        $"**Note** by {MarkdownText.Escape(note.Author)}, {StepCells.Text(note.At)} UTC\n\n{string.Join("  \n", PlainText.Lines(note.Text).Split('\n').Select(MarkdownText.EscapeStart))}";

    private static void Table(StringBuilder text, StepTable table)
    {
        if (table.Rows.Count == 0)
        {
            text.Append("\nNo rows.");
            return;
        }

        Row(text, table.Columns.Select(MarkdownText.Escape));
        Row(text, table.Columns.Select((_, i) => StepCells.IsNumber(table.Rows[0][i]) ? "---:" : "---"));
        foreach (var row in table.Rows.Take(StepDisplay.MostRows))
        {
            Row(text, row.Select(cell => MarkdownText.Escape(StepCells.Text(cell))));
        }

        if (StepCells.Cut(table, StepDisplay.MostRows) is { } cut)
            text.Append("\n\n").Append(cut);
    }

    private static void Row(StringBuilder text, IEnumerable<string> cells) => text.Append("\n| ").AppendJoin(" | ", cells).Append(" |");
}
