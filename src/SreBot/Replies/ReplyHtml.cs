using SreBot.Adapters.Chat;
using SreBot.Charts;

namespace SreBot.Replies;

/// <summary>A reply as markup, with its charts drawn; buttons and files belong to the chat and are left out.</summary>
internal static class ReplyHtml
{
    public static void Write(Html html, ChatReply reply)
    {
        foreach (var block in reply.Blocks)
        {
            switch (block)
            {
                case ReplySection section:
                    Write(html, section);
                    break;
                case ReplyTable table:
                    Write(html, table);
                    break;
                case ReplyChart chart:
                    html.Raw("<figure class=\"chart-svg\">").Raw(ChartSvg.Render(chart)).Raw("</figure>");
                    break;
                case ReplyBars bars:
                    html.Raw("<figure class=\"chart-svg\">").Raw(ChartSvg.Render(bars)).Raw("</figure>");
                    break;
            }
        }
    }

    private static void Write(Html html, ReplySection section)
    {
        if (section.Title is { } title)
        {
            html.Element("h3", title);
        }

        foreach (var paragraph in section.Paragraphs)
        {
            html.Raw(section.IsNote ? "<p class=\"note\">" : "<p>");
            Write(html, paragraph);
            html.Raw("</p>");
        }

        if (section.Bullets.Count == 0)
        {
            return;
        }

        html.Raw("<ul>");
        foreach (var bullet in section.Bullets)
        {
            html.Raw("<li>");
            Write(html, bullet);
            html.Raw("</li>");
        }

        html.Raw("</ul>");
    }

    private static void Write(Html html, ReplyText text)
    {
        foreach (var run in text.Runs)
        {
            if (run.Url is { } url && (url.StartsWith('/') || url.StartsWith("https://", StringComparison.Ordinal) || url.StartsWith("http://", StringComparison.Ordinal)))
            {
                html.Link(url, run.Text);
                continue;
            }

            _ = run.Style switch
            {
                ReplyStyle.Strong => html.Element("strong", run.Text),
                ReplyStyle.Code => html.Element("code", run.Text),
                _ => html.Text(run.Text),
            };
        }
    }

    private static void Write(Html html, ReplyTable table)
    {
        html.Element("h3", table.Title).Raw("<div class=\"table-scroll\"><table class=\"table\"><thead><tr>");
        for (var i = 0; i < table.Columns.Count; i++)
        {
            html.Element("th", table.Columns[i], Align(table, i));
        }

        html.Raw("</tr></thead><tbody>");
        foreach (var row in table.Rows)
        {
            html.Raw("<tr>");
            for (var i = 0; i < row.Count; i++)
            {
                html.Element("td", row[i], Align(table, i));
            }

            html.Raw("</tr>");
        }

        html.Raw("</tbody></table></div>");
    }

    private static string Align(ReplyTable table, int column) => table.Numeric.Contains(column) ? "class=\"num\"" : "";
}
