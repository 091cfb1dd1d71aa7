using Microsoft.AspNetCore.Http;

namespace SreBot.Adapters.Web;

/// <summary>What a browser is told about every answer of the console, and of any other page that shares its look.</summary>
public static class WebHeaders
{
    /// <summary>Only this origin's own files; no inline script and no inline style, so that text which reaches the page as markup is still inert.</summary>
    public const string ContentSecurityPolicy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

    /// <summary>Sets the headers on an answer whose body has not begun.</summary>
    public static void Apply(HttpResponse response)
    {
        var headers = response.Headers;
        headers.ContentSecurityPolicy = ContentSecurityPolicy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
    }

    internal static ValueTask<object?> AddAsync(EndpointFilterInvocationContext invocation, EndpointFilterDelegate next)
    {
        Apply(invocation.HttpContext.Response);
        return next(invocation);
    }
}
