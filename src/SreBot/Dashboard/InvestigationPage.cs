using SreBot.Adapters.Chat;
using SreBot.Evidence;
using SreBot.Model;

namespace SreBot.Dashboard;

/// <summary>The page of one question: its answer, then each step with the query that ran, its parameters, when it was read and what came back.</summary>
internal static class InvestigationPage
{
    private const int RowsOpen = 12;
    private const int RowsShown = 500;

    public static string Render(InvestigationRecord record)
    {
        var html = new Html().Raw("<header class=\"page-header\"><p class=\"crumbs\"><a href=\"/\">SreBot</a> / investigation</p>");
        html.Element("h1", record.Question);
        html.Element("p", $"Asked by {record.AskedBy}, {record.CreatedAt.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC. {Count(record.Steps.Count)}.", "class=\"muted\"");
        html.Raw("</header>");
        if (record.Answer is { } answer)
        {
            html.Raw("<section class=\"card\">");
            ReplyHtml.Write(html, answer);
            html.Raw("</section>");
        }

        foreach (var step in record.Steps)
        {
            Write(html, step);
        }

        return PageShell.Wrap(record.Question, html.ToString());
    }

    private static string Count(int steps) => steps == 1 ? "1 step" : $"{steps} steps";

    private static void Write(Html html, RecordedStep step)
    {
        html.Raw($"<section class=\"card\" id=\"step-{step.Number}\">");
        html.Raw("<h2>").Raw($"<a href=\"#step-{step.Number}\">Step {step.Number}</a> ").Text(step.Question).Raw("</h2>");
        if (step.Conclusion is { } conclusion)
        {
            html.Element("p", conclusion);
        }

        html.Element("p", $"Read {Html.Cell(step.AsOf)} UTC.", "class=\"muted\"");
        Table(html, step.Table);
        html.Raw("<details><summary>Query</summary>").Element("pre", step.Sql, "class=\"code\"");
        if (step.Parameters.Count > 0)
        {
            html.Raw("<dl class=\"facts\">");
            foreach (var (name, value) in step.Parameters.OrderBy(parameter => parameter.Key, StringComparer.Ordinal))
            {
                html.Element("dt", name).Element("dd", value);
            }

            html.Raw("</dl>");
        }

        html.Raw("</details></section>");
    }

    /// <summary>A long result opens at a click: a page is read from its conclusions.</summary>
    private static void Table(Html html, StepTable table)
    {
        if (table.Rows.Count <= RowsOpen)
        {
            Rows(html, table);
            return;
        }

        html.Raw("<details><summary>").Text($"Result: {table.Rows.Count} rows").Raw("</summary>");
        Rows(html, table);
        html.Raw("</details>");
    }

    private static void Rows(Html html, StepTable table)
    {
        if (table.Rows.Count == 0)
        {
            html.Element("p", "No rows.", "class=\"muted\"");
            return;
        }

        html.Raw("<div class=\"table-scroll\"><table class=\"table\"><thead><tr>");
        foreach (var column in table.Columns)
        {
            html.Element("th", column);
        }

        html.Raw("</tr></thead><tbody>");
        foreach (var row in table.Rows.Take(RowsShown))
        {
            html.Raw("<tr>");
            foreach (var cell in row)
            {
                html.Element("td", Html.Cell(cell), Html.IsNumber(cell) ? "class=\"num\"" : "");
            }

            html.Raw("</tr>");
        }

        html.Raw("</tbody></table></div>");
        if (table.Rows.Count > RowsShown || table.IsCut)
        {
            html.Element("p", table.IsCut ? $"The first {Math.Min(RowsShown, table.Rows.Count)} rows; there were more." : $"{RowsShown} of {table.Rows.Count} rows.", "class=\"muted\"");
        }
    }
}
