using Microsoft.Net.Http.Headers;
using SreBot.Access;
using SreBot.Adapters.Chat;
using SreBot.Adapters.Web;
using SreBot.Evidence;
using SreBot.Replies;
using SreBot.Investigations.Export;
using SreBot.Model;

namespace SreBot.Dashboard;

/// <summary>Pages for people, in the scope of whoever looks.</summary>
internal static class DashboardEndpoints
{
    public static void MapDashboard(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet("/investigations/{id:guid}", Investigation);
        endpoints.MapGet("/investigations/{name}.{ending:regex(^(ipynb|html|md)$)}", Export);
    }

    private static async Task<IResult> Investigation(Guid id, HttpContext context, PageCaller callers, StepStore steps, CancellationToken cancel)
    {
        WebHeaders.Apply(context.Response);
        if (await callers.FindAsync(context, cancel) is not { } principal)
        {
            return Page("Sign in", "Sign in on SreBot's first page, then open this link again.", StatusCodes.Status401Unauthorized);
        }

        return await steps.FindAsync(principal.Scope, id, cancel) is { } record
            ? Results.Content(InvestigationPage.Render(record), "text/html; charset=utf-8")
            : Page("Not found", "There is no investigation with that address that you can see.", StatusCodes.Status404NotFound);
    }

    /// <summary>A file to keep, never a page of this site: <c>/investigations/{id or INC-n}.ipynb</c>, <c>.html</c>, <c>.md</c>.</summary>
    private static async Task<IResult> Export(
        string name, string ending, HttpContext context, PageCaller callers, InvestigationFinder finder, PublicAddress links, CancellationToken cancel)
    {
        WebHeaders.Apply(context.Response);
        context.Response.Headers.CacheControl = "no-store";
        if (await callers.FindAsync(context, cancel) is not { } principal)
        {
            return Page("Sign in", "Sign in on SreBot's first page, then open this link again.", StatusCodes.Status401Unauthorized);
        }

        var file = InvestigationExport.Write(await finder.NamedAsync(principal.Scope, name, cancel), ExportFormats.Find(ending)!.Value, links);
        var disposition = new ContentDispositionHeaderValue("attachment");
        disposition.SetHttpFileName(file.Name);
        context.Response.Headers.ContentDisposition = disposition.ToString();
        return Results.Bytes(file.Content.ToArray(), file.ContentType);
    }

    private static IResult Page(string title, string sentence, int status) => Results.Content(
        PageShell.Wrap(title, new Html().Raw("<header class=\"page-header\"><p class=\"crumbs\"><a href=\"/\">SreBot</a></p>").Element("h1", title).Element("p", sentence).Raw("</header>").ToString()),
        "text/html; charset=utf-8", statusCode: status);
}
