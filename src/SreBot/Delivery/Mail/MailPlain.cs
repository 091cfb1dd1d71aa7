using System.Text;
using SreBot.Adapters.Chat;
using SreBot.Replies;

namespace SreBot.Delivery.Mail;

/// <summary>A reply as plain text, with its links written out.</summary>
internal static class MailPlain
{
    public static string Write(string title, IReadOnlyList<ReplyBlock> blocks)
    {
        var text = new StringBuilder().Append(PlainText.Line(title)).Append("\n\n");
        foreach (var block in blocks)
        {
            switch (block)
            {
                case ReplySection section:
                    Write(text, section);
                    break;
                case ReplyTable table:
                    Write(text, table);
                    break;
                case ReplyChart chart:
                    text.Append('[').Append(PlainText.Line(chart.AlternativeText)).Append("]\n\n");
                    break;
                case ReplyBars bars:
                    text.Append('[').Append(PlainText.Line(bars.AlternativeText)).Append("]\n\n");
                    break;
            }
        }

        return text.ToString();
    }

    private static void Write(StringBuilder text, ReplySection section)
    {
        if (section.Title is { } title)
        {
            text.Append(PlainText.Line(title)).Append('\n');
        }

        foreach (var paragraph in section.Paragraphs)
        {
            text.Append(Line(paragraph)).Append("\n\n");
        }

        foreach (var bullet in section.Bullets)
        {
            text.Append("- ").Append(Line(bullet)).Append('\n');
        }

        text.Append(section.Bullets.Count > 0 ? "\n" : "");
    }

    private static void Write(StringBuilder text, ReplyTable table)
    {
        var widths = table.Columns.Select((column, i) => table.Rows.Select(row => row[i].Length).Append(column.Length).Max()).ToArray();
        text.Append(PlainText.Line(table.Title)).Append('\n');
        foreach (var row in table.Rows.Prepend(table.Columns))
        {
            text.AppendJoin("  ", row.Select((cell, i) => table.Numeric.Contains(i) ? PlainText.Line(cell).PadLeft(widths[i]) : PlainText.Line(cell).PadRight(widths[i]))).Append('\n');
        }

        text.Append('\n');
    }

    private static string Line(ReplyText text) => string.Concat(text.Runs.Select(run => run.Url is { } url && url != run.Text ? $"{PlainText.Line(run.Text)} <{url}>" : PlainText.Line(run.Text)));
}
