using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;

namespace SreBot.Adapters.Web;

/// <summary>What stands before the console's endpoints.</summary>
internal static class WebGuard
{
    /// <summary>A request that changes something must come from our own page.</summary>
    public static ValueTask<object?> RefuseOtherSitesAsync(EndpointFilterInvocationContext invocation, EndpointFilterDelegate next)
    {
        invocation.HttpContext.Response.Headers.CacheControl = "no-store";
        return HttpMethods.IsGet(invocation.HttpContext.Request.Method) || WebOrigin.IsSame(invocation.HttpContext.Request)
            ? next(invocation)
            : ValueTask.FromResult<object?>(Refuse("This request did not come from the console's own page.", StatusCodes.Status403Forbidden));
    }

    /// <summary>Handlers behind it find the visitor by <see cref="Visitor"/>.</summary>
    public static async ValueTask<object?> RequireVisitorAsync(EndpointFilterInvocationContext invocation, EndpointFilterDelegate next)
    {
        var context = invocation.HttpContext;
        if (await context.RequestServices.GetRequiredService<WebVisitors>().FindAsync(context, context.RequestAborted) is not { } visitor)
            return Refuse("Sign in first.", StatusCodes.Status401Unauthorized);
        context.Features.Set(visitor);
        return await next(invocation);
    }

    public static WebVisitor Visitor(this HttpContext context) => context.Features.GetRequiredFeature<WebVisitor>();

    /// <summary>A refusal in one sentence that the page shows as it is.</summary>
    public static IResult Refuse(string sentence, int status) => TypedResults.Problem(sentence, statusCode: status);
}
