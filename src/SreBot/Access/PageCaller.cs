using SreBot.Adapters.Web;
using SreBot.Model;

namespace SreBot.Access;

/// <summary>Finds out who looks at a page, or presses a button on it: by API token, or by the console's sign-in.</summary>
internal sealed class PageCaller(ApiCaller callers, WebVisitors visitors, PrincipalStore principals)
{
    /// <returns>Null for nobody known. A request that does something counts as a visitor's only when it comes from a page of this very site.</returns>
    public async Task<Principal?> FindAsync(HttpContext context, CancellationToken cancel)
    {
        if (await callers.FindAsync(context.Request, cancel) is { } caller)
            return caller;

        return (HttpMethods.IsGet(context.Request.Method) || WebOrigin.IsSame(context.Request)) && await visitors.FindAsync(context, cancel) is { } visitor
            ? await principals.FindByIdAsync(visitor.User.Workspace, visitor.User.Id, cancel)
            : null;
    }
}
