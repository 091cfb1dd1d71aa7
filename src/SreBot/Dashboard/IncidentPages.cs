using Microsoft.Net.Http.Headers;
using SreBot.Access;
using SreBot.Adapters.Web;
using SreBot.Incidents;

namespace SreBot.Dashboard;

/// <summary>The page of an incident, and what was kept of it.</summary>
internal static class IncidentPages
{
    public static void MapIncidentPages(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet("/incidents/{id:long}", Show);
        endpoints.MapGet("/incidents/{id:long}/export.{format:regex(^(html|ipynb)$)}", Export);
    }

    private static async Task<IResult> Show(long id, HttpContext context, PageCaller callers, IncidentStore incidents, CancellationToken cancel)
    {
        WebHeaders.Apply(context.Response);
        if (await callers.FindAsync(context, cancel) is not { } principal)
        {
            return PageShell.SignIn();
        }

        return await incidents.FindAsync(principal.Scope, id, cancel) is { } incident
            ? Results.Content(IncidentPage.Render(incident, await incidents.MembersAsync(principal.Scope, incident, cancel), await incidents.TimelineAsync(principal.Scope, incident, cancel)), "text/html; charset=utf-8")
            : PageShell.Answer("Not found", "There is no incident with that number that you can see.", StatusCodes.Status404NotFound);
    }

    /// <summary>A file to keep, never a page of this site.</summary>
    private static async Task<IResult> Export(long id, string format, HttpContext context, PageCaller callers, IncidentExports exports, CancellationToken cancel)
    {
        WebHeaders.Apply(context.Response);
        context.Response.Headers.CacheControl = "no-store";
        if (await callers.FindAsync(context, cancel) is not { } principal)
        {
            return PageShell.SignIn();
        }

        if (await exports.FindAsync(principal.Scope, id, format, cancel) is not { } content)
        {
            return PageShell.Answer("Not found", "Nothing was kept of an incident with that number that you can see.", StatusCodes.Status404NotFound);
        }

        var disposition = new ContentDispositionHeaderValue("attachment");
        disposition.SetHttpFileName($"INC-{id}.{format}");
        context.Response.Headers.ContentDisposition = disposition.ToString();
        return Results.Text(content, format == "html" ? "text/html; charset=utf-8" : "application/x-ipynb+json");
    }
}
