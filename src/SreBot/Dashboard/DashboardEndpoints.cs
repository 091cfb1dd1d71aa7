using Microsoft.Net.Http.Headers;
using SreBot.Access;
using SreBot.Adapters.Chat;
using SreBot.Adapters.Web;
using SreBot.Delivery;
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
        endpoints.MapIncidentPages();
        endpoints.MapGet("/deliveries", Deliveries).ExcludeFromDescription();
        endpoints.MapGet("/investigations/{name}.{ending:regex(^(ipynb|html|md)$)}", Export);
    }

    private static async Task<IResult> Investigation(Guid id, HttpContext context, PageCaller callers, StepStore steps, CancellationToken cancel)
    {
        WebHeaders.Apply(context.Response);
        if (await callers.FindAsync(context, cancel) is not { } principal)
        {
            return PageShell.SignIn();
        }

        return await steps.FindAsync(principal.Scope, id, cancel) is { } record
            ? Results.Content(InvestigationPage.Render(record), "text/html; charset=utf-8")
            : PageShell.Answer("Not found", "There is no investigation with that address that you can see.", StatusCodes.Status404NotFound);
    }

    /// <summary>What the command <c>delivery list</c> shows.</summary>
    private static async Task<IResult> Deliveries(HttpContext context, PageCaller callers, OutboxHealth outbox, CancellationToken cancel)
    {
        WebHeaders.Apply(context.Response);
        context.Response.Headers.CacheControl = "no-store";
        if (await callers.FindAsync(context, cancel) is not { } principal)
        {
            return PageShell.Answer("Sign in", "Sign in on SreBot's first page, then open this link again.", StatusCodes.Status401Unauthorized);
        }

        if (principal.Scope.Role < Role.Sre)
        {
            return PageShell.Answer("Not for you", "What was not delivered is for an sre or an admin.", StatusCodes.Status403Forbidden);
        }

        var list = DeliveryList.Of(await outbox.DeadAsync(principal.Scope, cancel), await outbox.WaitingAsync(principal.Scope, cancel));
        var html = new Html().Raw("<header class=\"page-header\"><p class=\"crumbs\"><a href=\"/\">SreBot</a></p>").Element("h1", "Deliveries").Element("p", list.Summary).Raw("</header>");
        if (list.Blocks.Count > 0) // else the sentence above says it all
        {
            ReplyHtml.Write(html, list);
        }

        return Results.Content(PageShell.Wrap("Deliveries", html.ToString()), "text/html; charset=utf-8");
    }

    /// <summary>A file to keep, never a page of this site: <c>/investigations/{id or INC-n}.ipynb</c>, <c>.html</c>, <c>.md</c>.</summary>
    private static async Task<IResult> Export(
        string name, string ending, HttpContext context, PageCaller callers, InvestigationFinder finder, PublicAddress links, CancellationToken cancel)
    {
        WebHeaders.Apply(context.Response);
        context.Response.Headers.CacheControl = "no-store";
        if (await callers.FindAsync(context, cancel) is not { } principal)
        {
            return PageShell.SignIn();
        }

        var file = InvestigationExport.Write(await finder.NamedAsync(principal.Scope, name, cancel), ExportFormats.Find(ending)!.Value, links);
        var disposition = new ContentDispositionHeaderValue("attachment");
        disposition.SetHttpFileName(file.Name);
        context.Response.Headers.ContentDisposition = disposition.ToString();
        return Results.Bytes(file.Content.ToArray(), file.ContentType);
    }
}
