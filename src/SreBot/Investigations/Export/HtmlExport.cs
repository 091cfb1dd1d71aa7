using System.Security.Cryptography;
using System.Text;
using SreBot.Adapters.Chat;
using SreBot.Adapters.Web;
using SreBot.Evidence;
using SreBot.Replies;

namespace SreBot.Investigations.Export;

/// <summary>One file with everything in it: no script, no request, its only style the one whose hash its content policy names.</summary>
internal static class HtmlExport
{
    /// <summary>On paper nothing can be opened, so all of it is.</summary>
    private static readonly string Style = "\n" + WebStyle.Css.ReplaceLineEndings("\n") + """

        @media print {
          :root { color-scheme: light; }
          .page { max-width: none; padding: 0; }
          .card { box-shadow: none; break-inside: auto; }
          details::details-content { content-visibility: visible; }
          .chart-svg, tr { break-inside: avoid; }
          .table th, .table td { white-space: normal; overflow-wrap: anywhere; padding: 3px 6px; }
          .table { font-size: 9px; }
        }

        """;

    private static readonly string Policy =
        $"default-src 'none'; style-src 'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Style)))}'; base-uri 'none'; form-action 'none'";

    public static string Write(InvestigationRecord record, PublicAddress links)
    {
        var page = StepLinks.Page(record.Id);
        var own = record with { Answer = record.Answer is { } answer ? ReplyLinks.Map(answer, url => url.StartsWith($"{page}#", StringComparison.Ordinal) ? url[page.Length..] : links.Complete(url)) : null };
        var html = new Html().Raw($"<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta http-equiv=\"Content-Security-Policy\" content=\"{Policy}\">\n")
            .Raw("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<meta name=\"referrer\" content=\"no-referrer\">\n")
            .Element("title", $"{record.Question} · SreBot").Raw("\n<style>").Raw(Style).Raw("</style>\n</head>\n<body>\n<main class=\"page\">\n<header class=\"page-header\">")
            .Element("h1", record.Question)
            .Raw("<p>").Text(InvestigationExport.Asked(record)).Raw(" ").Link(links.Complete(page), "Open it in SreBot").Raw(".</p></header>\n");
        InvestigationHtml.Write(html, own, StepDisplay.MostRows);
        return html.Raw("\n</main>\n</body>\n</html>\n").ToString();
    }
}
