using SreBot.Evidence;
using SreBot.Evidence.Notes;
using SreBot.Replies;
using SreBot.Model;

namespace SreBot.Investigations.Export;

/// <summary>An investigation as markup: the page's body, and the one-file export's.</summary>
internal static class InvestigationHtml
{
    private const int RowsOpen = 12;

    /// <summary>The answer, the notes, then each step with the query that ran, its parameters, when it was read and what came back.</summary>
    public static void Write(Html html, InvestigationRecord record, int mostRows)
    {
        if (record.Answer is { } answer)
        {
            html.Raw("<section class=\"card\">");
            ReplyHtml.Write(html, answer);
            html.Raw("</section>");
        }

        foreach (var note in record.Notes)
        {
            Write(html, note);
        }

        foreach (var step in record.Steps)
        {
            Write(html, step, mostRows);
        }
    }

    private static void Write(Html html, InvestigationNote note)
    {
        html.Raw("<section class=\"card\">").Element("h2", "Note");
        foreach (var line in PlainText.Lines(note.Text).Split('\n').Where(line => line.Length > 0))
        {
            html.Element("p", line);
        }

        html.Element("p", $"{note.Author}, {StepCells.Text(note.At)} UTC.", "class=\"note\"").Raw("</section>");
    }

    private static void Write(Html html, RecordedStep step, int mostRows)
    {
        html.Raw($"<section class=\"card\" id=\"step-{step.Number}\">");
        html.Raw("<h2>").Raw($"<a href=\"#step-{step.Number}\">Step {step.Number}</a> ").Text(step.Question).Raw("</h2>");
        if (step.Conclusion is { } conclusion)
            html.Element("p", conclusion);

        html.Element("p", $"Read {StepCells.Text(step.AsOf)} UTC.", "class=\"muted\"");
        html.Raw($"<p class=\"note\" data-verdict=\"{step.Number}\" hidden></p>");
        Result(html, step, mostRows);
        Query(html, step);
        html.Raw("</section>");
    }

    /// <summary>A long result opens at a click: a page is read from its conclusions.</summary>
    private static void Result(Html html, RecordedStep step, int mostRows)
    {
        var table = step.Table;
        if (table.Rows.Count == 0)
        {
            html.Element("p", "No rows.", "class=\"muted\"");
            return;
        }

        var isLong = table.Rows.Count > RowsOpen;
        if (isLong)
            html.Raw("<details><summary>").Text($"Result: {table.Rows.Count} rows").Raw("</summary>");
        if (StepChart.Of(step, table) is { } chart)
            html.Raw("<figure class=\"chart-svg\">").Raw(ChartPicture.Of(chart).Svg).Raw("</figure>");

        html.Raw("<div class=\"table-scroll\">");
        StepCells.Write(html, table, mostRows);
        html.Raw("</div>");
        if (StepCells.Cut(table, mostRows) is { } cut)
            html.Element("p", cut, "class=\"muted\"");
        if (isLong)
            html.Raw("</details>");
    }

    private static void Query(Html html, RecordedStep step)
    {
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

        html.Raw("</details>");
    }
}
