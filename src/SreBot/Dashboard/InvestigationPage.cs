using SreBot.Evidence;
using SreBot.Replies;
using SreBot.Investigations.Export;

namespace SreBot.Dashboard;

/// <summary>The page of one question: what to do with it, then its answer, notes and steps.</summary>
internal static class InvestigationPage
{
    private const int RowsShown = 500;

    public static string Render(InvestigationRecord record)
    {
        var html = new Html().Raw("<header class=\"page-header\"><p class=\"crumbs\"><a href=\"/\">SreBot</a> / investigation</p>");
        html.Element("h1", record.Question);
        html.Element("p", InvestigationExport.Asked(record), "class=\"muted\"");
        Actions(html, record);
        html.Raw("</header>");
        InvestigationHtml.Write(html, record, RowsShown);
        return PageShell.Wrap(record.Question, html.ToString(), "again.js");
    }

    private static void Actions(Html html, InvestigationRecord record)
    {
        html.Raw("<p class=\"actions\">");
        foreach (var format in Enum.GetValues<ExportFormat>())
        {
            html.Raw("<a class=\"button\" download href=\"").Text(InvestigationExport.Address(record.Id, format)).Raw("\">").Text(ExportFormats.Title(format)).Raw("</a> ");
        }

        if (record.Steps.Count > 0)
        {
            html.Raw($"<button type=\"button\" class=\"button\" data-again=\"/api/investigations/{record.Id}/run?as-of=then\" hidden>Run again as of then</button> ")
                .Raw($"<button type=\"button\" class=\"button\" data-again=\"/api/investigations/{record.Id}/run?as-of=now\" hidden>Run again as of now</button>");
        }

        html.Raw("</p><p class=\"note\" id=\"again-said\" role=\"status\"></p>");
    }
}
