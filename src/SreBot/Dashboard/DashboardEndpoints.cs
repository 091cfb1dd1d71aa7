using SreBot.Access;
using SreBot.Adapters.Web;
using SreBot.Evidence;
using SreBot.Model;

namespace SreBot.Dashboard;

/// <summary>Pages for people, in the scope of whoever looks.</summary>
internal static class DashboardEndpoints
{
    public static void MapDashboard(this IEndpointRouteBuilder endpoints) => endpoints.MapGet("/investigations/{id:guid}", Investigation);

    private static async Task<IResult> Investigation(
        Guid id, HttpContext context, WebVisitors visitors, ApiCaller callers, PrincipalStore principals, StepStore steps, CancellationToken cancel)
    {
        WebHeaders.Apply(context.Response);
        if (await FindAsync(context, visitors, callers, principals, cancel) is not { } principal)
        {
            return Page("Sign in", "Sign in on SreBot's first page, then open this link again.", StatusCodes.Status401Unauthorized);
        }

        return await steps.FindAsync(principal.Scope, id, cancel) is { } record
            ? Results.Content(InvestigationPage.Render(record), "text/html; charset=utf-8")
            : Page("Not found", "There is no investigation with that address that you can see.", StatusCodes.Status404NotFound);
    }

    private static async Task<Principal?> FindAsync(HttpContext context, WebVisitors visitors, ApiCaller callers, PrincipalStore principals, CancellationToken cancel) =>
        await callers.FindAsync(context.Request, cancel)
        ?? (await visitors.FindAsync(context, cancel) is { } visitor ? await principals.FindByIdAsync(visitor.User.Workspace, visitor.User.Id, cancel) : null);

    private static IResult Page(string title, string sentence, int status) => Results.Content(
        PageShell.Wrap(title, new Html().Raw("<header class=\"page-header\"><p class=\"crumbs\"><a href=\"/\">SreBot</a></p>").Element("h1", title).Element("p", sentence).Raw("</header>").ToString()),
        "text/html; charset=utf-8", statusCode: status);
}
