using System.Net;
using Microsoft.AspNetCore.Http;

namespace SreBot.Adapters.Web;

/// <summary>Where a request comes from, as far as its browser and its connection say.</summary>
public static class WebOrigin
{
    /// <summary>The page that sent it is ours. A request without either header is not a browser's, and is refused too.</summary>
    public static bool IsSame(HttpRequest request)
    {
        var site = request.Headers["Sec-Fetch-Site"].ToString();
        var origin = request.Headers.Origin.ToString();
        if (site.Length == 0 && origin.Length == 0)
            return false;
        return site is "" or "same-origin" && (origin.Length == 0 || IsHost(origin, request.Host));
    }

    // The host alone: behind a proxy that ends TLS the schemes differ.
    private static bool IsHost(string origin, HostString host) =>
        Uri.TryCreate(origin, UriKind.Absolute, out var uri)
        && string.Equals(uri.Host.Trim('[', ']'), host.Host.Trim('[', ']'), StringComparison.OrdinalIgnoreCase)
        && uri.Port == (host.Port ?? (uri.Scheme == Uri.UriSchemeHttps ? 443 : 80));

    /// <summary>A browser on this very machine that asked for this machine by name: neither a proxied stranger nor a foreign name that was rebound to a loopback address.</summary>
    public static bool IsThisMachine(HttpContext context) =>
        context.Connection.RemoteIpAddress is { } remote && IPAddress.IsLoopback(remote)
        && context.Request.Host.Host.Trim('[', ']').ToLowerInvariant() is "localhost" or "127.0.0.1" or "::1"
        && !context.Request.Headers.ContainsKey("Forwarded")
        && !context.Request.Headers.ContainsKey("X-Forwarded-For")
        && !context.Request.Headers.ContainsKey("X-Forwarded-Host");
}
