using System.Text;
using SreBot.Adapters.Chat;

namespace SreBot.Api;

/// <summary>A reply as Markdown, for the API and the command line. A chart stands as its alternative text; links stay relative.</summary>
internal static class ReplyMarkdown
{
    private const string Special = "\\`*_[]<>|#";

    public static string Write(ChatReply reply)
    {
        var text = new StringBuilder();
        foreach (var block in reply.Blocks)
        {
            Write(text, block);
        }

        return text.Length == 0 ? Escape(reply.Summary) : text.ToString().TrimEnd();
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
                text.Append("*Chart: ").Append(Escape(chart.AlternativeText)).Append("*\n\n");
                break;
        }
    }

    private static void WriteSection(StringBuilder text, ReplySection section)
    {
        if (section.Title is { } title)
        {
            text.Append("**").Append(Escape(title)).Append("**\n\n");
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
        text.Append("**").Append(Escape(table.Title)).Append("**\n\n");
        WriteRow(text, table.Columns);
        WriteRow(text, table.Columns.Select((_, i) => table.Numeric.Contains(i) ? "---:" : "---"), escape: false);
        foreach (var row in table.Rows)
        {
            WriteRow(text, row);
        }

        text.Append('\n');
    }

    private static void WriteRow(StringBuilder text, IEnumerable<string> cells, bool escape = true) =>
        text.Append("| ").AppendJoin(" | ", escape ? cells.Select(Escape) : cells).Append(" |\n");

    private static string Line(ReplyText text) => string.Concat(text.Runs.Select(Run));

    private static string Run(ReplyRun run)
    {
        var text = run.Style switch
        {
            ReplyStyle.Strong => $"**{Escape(run.Text)}**",
            ReplyStyle.Code => $"`{run.Text.Replace('`', '\'').ReplaceLineEndings(" ")}`",
            _ => Escape(run.Text),
        };
        return run.Url is { } url ? $"[{text}]({url.Replace(")", "%29", StringComparison.Ordinal).Replace(" ", "%20", StringComparison.Ordinal)})" : text;
    }

    private static string Escape(string text)
    {
        var escaped = new StringBuilder(text.Length);
        foreach (var character in text.ReplaceLineEndings(" "))
        {
            if (Special.Contains(character))
            {
                escaped.Append('\\');
            }

            escaped.Append(character);
        }

        return escaped.ToString();
    }
}
