using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;

namespace SreBot.Adapters.Web;

/// <summary>Finds out whose browser asks: by the sign-in cookie, or, on this machine alone, as the demo's visitor.</summary>
public sealed class WebVisitors(IWebSignIn signIn, IDataProtectionProvider protection)
{
    private const string Cookie = "console-ticket";
    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(30);
    private readonly ITimeLimitedDataProtector tickets = protection.CreateProtector("SreBot.Adapters.Web.Ticket").ToTimeLimitedDataProtector();

    /// <summary>The visitor, or null: show the sign-in form. The token is looked up at each request, so that a revoked one ends its sessions.</summary>
    public async Task<WebVisitor?> FindAsync(HttpContext context, CancellationToken cancel) =>
        (Token(context.Request) is { } token ? await signIn.FindAsync(token, cancel) : null)
        ?? (WebOrigin.IsThisMachine(context) ? await signIn.FindDemoAsync(cancel) : null);

    private string? Token(HttpRequest request)
    {
        if (request.Cookies[Cookie] is not { Length: > 0 } ticket)
            return null;
        try
        {
            return tickets.Unprotect(ticket);
        }
        catch (CryptographicException)
        {
            return null; // expired, or of another installation
        }
    }

    /// <summary>Sets the cookie when the token is somebody's.</summary>
    internal async Task<WebVisitor?> SignInAsync(HttpContext context, string token, CancellationToken cancel)
    {
        var visitor = await signIn.FindAsync(token, cancel);
        if (visitor is not null)
            context.Response.Cookies.Append(Cookie, tickets.Protect(token, Lifetime), Settings(context.Request));
        return visitor;
    }

    internal static void SignOut(HttpContext context) => context.Response.Cookies.Delete(Cookie, Settings(context.Request));

    /// <summary>Lax, so that a link in a chat opens a page; what changes something is refused from other sites by <see cref="WebOrigin"/>.</summary>
    private static CookieOptions Settings(HttpRequest request) =>
        new() { HttpOnly = true, SameSite = SameSiteMode.Lax, Secure = request.IsHttps, Path = "/", MaxAge = Lifetime, IsEssential = true };
}
