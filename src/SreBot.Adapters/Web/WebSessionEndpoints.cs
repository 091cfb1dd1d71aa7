using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace SreBot.Adapters.Web;

/// <summary>Who sits at the browser.</summary>
internal static class WebSessionEndpoints
{
    /// <summary>What the page needs before it can show anything; <c>visitor</c> is null when one must sign in.</summary>
    public static async Task<IResult> Me(HttpContext context, WebVisitors visitors, IOptions<WebConsoleOptions> options, CancellationToken cancel)
    {
        var visitor = await visitors.FindAsync(context, cancel);
        var console = options.Value;
        return TypedResults.Json(new
        {
            console.Product,
            console.BotName,
            console.SignInHint,
            Visitor = visitor is null ? null : new
            {
                visitor.User.Name,
                visitor.OrganizationName,
                visitor.IsDemo,
                visitor.Channels,
                console.Welcome,
                console.FirstQuestions,
                console.Placeholder,
            },
        }, WebJson.Options);
    }

    public static async Task<IResult> SignIn(SignInRequest request, HttpContext context, WebVisitors visitors, CancellationToken cancel) =>
        request.Token?.Trim() is { Length: > 0 and <= 1_000 } token && await visitors.SignInAsync(context, token, cancel) is not null
            ? TypedResults.NoContent()
            : WebGuard.Refuse("This token is not known, or no longer.", StatusCodes.Status401Unauthorized);

    public static IResult SignOut(HttpContext context)
    {
        WebVisitors.SignOut(context);
        return TypedResults.NoContent();
    }

    internal sealed record SignInRequest(string? Token);
}
