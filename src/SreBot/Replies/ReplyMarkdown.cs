using System.Text;
using SreBot.Adapters.Chat;

namespace SreBot.Replies;

/// <summary>A reply as Markdown, for the API and the command line. A chart stands as its alternative text; links stay relative.</summary>
internal static class ReplyMarkdown
{
    public static string Write(ChatReply reply)
    {
        var text = new StringBuilder();
        foreach (var block in reply.Blocks)
        {
            Write(text, block);
        }

        return text.Length == 0 ? MarkdownText.EscapeStart(reply.Summary) : text.ToString().TrimEnd();
    }

    private static void Write(StringBuilder text, ReplyBlock block)
    {
        switch (block)
        {
            case ReplySection section:
                WriteSection(text, section);
                break;
            case ReplyTable table:
                WriteTable(text, table);
                break;
            case ReplyChart chart:
                text.Append("*Chart: ").Append(MarkdownText.Escape(chart.AlternativeText)).Append("*\n\n");
                break;
            case ReplyBars bars:
                text.Append("*Chart: ").Append(MarkdownText.Escape(bars.AlternativeText)).Append("*\n\n");
                break;
        }
    }

    private static void WriteSection(StringBuilder text, ReplySection section)
    {
        if (section.Title is { } title)
        {
            text.Append("**").Append(MarkdownText.Escape(title)).Append("**\n\n");
        }

        foreach (var paragraph in section.Paragraphs)
        {
            text.Append(Line(paragraph)).Append("\n\n");
        }

        foreach (var bullet in section.Bullets)
        {
            text.Append("- ").Append(Line(bullet)).Append('\n');
        }

        if (section.Bullets.Count > 0)
        {
            text.Append('\n');
        }
    }

    private static void WriteTable(StringBuilder text, ReplyTable table)
    {
        text.Append("**").Append(MarkdownText.Escape(table.Title)).Append("**\n\n");
        WriteRow(text, table.Columns);
        WriteRow(text, table.Columns.Select((_, i) => table.Numeric.Contains(i) ? "---:" : "---"), escape: false);
        foreach (var row in table.Rows)
        {
            WriteRow(text, row);
        }

        text.Append('\n');
    }

    private static void WriteRow(StringBuilder text, IEnumerable<string> cells, bool escape = true) =>
        text.Append("| ").AppendJoin(" | ", escape ? cells.Select(MarkdownText.Escape) : cells).Append(" |\n");

    private static string Line(ReplyText text) => string.Concat(text.Runs.Select((run, i) => Run(run, i == 0)));

    private static string Run(ReplyRun run, bool isFirst)
    {
        var text = run.Style switch
        {
            ReplyStyle.Strong => $"**{MarkdownText.Escape(run.Text)}**",
            ReplyStyle.Code => MarkdownText.Code(run.Text),
            _ when isFirst => MarkdownText.EscapeStart(run.Text),
            _ => MarkdownText.Escape(run.Text),
        };
        return run.Url is { } url ? MarkdownText.Link(text, url) : text;
    }
}
