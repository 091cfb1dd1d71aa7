namespace SreBot.Adapters.Teams;

/// <summary>Settings of section <c>Teams</c>. Nothing of Teams is served while <see cref="AppId"/> is empty.</summary>
internal sealed class TeamsOptions
{
    /// <summary>The services that Teams itself names as <c>serviceUrl</c>: public, GCC, GCC High and DoD clouds. Any customer can own another name
    /// under trafficmanager.net, so only the one host is listed.</summary>
    private static readonly string[] TeamsHosts =
        ["smba.trafficmanager.net", "*.botframework.com", "*.teams.microsoft.com", "*.teams.microsoft.us", "*.botframework.azure.us"];

    /// <summary>The bot registration's application (client) id; the audience of every inbound token.</summary>
    public string AppId { get; init; } = "";

    /// <summary>The Entra tenant of the registration: who issues the tokens that go out, and whose people may talk to the bot.</summary>
    public string TenantId { get; init; } = "";

    /// <summary>The registration's client secret.</summary>
    public string AppPassword { get; init; } = "";

    /// <summary>Where Entra issues tokens; another cloud has another.</summary>
    public Uri Authority { get; init; } = DefaultAuthority;

    /// <summary>Names the keys that inbound tokens are signed with.</summary>
    public Uri OpenIdMetadata { get; init; } = new("https://login.botframework.com/v1/.well-known/openidconfiguration");

    /// <summary>The issuer of inbound tokens; the US government's is <c>https://api.botframework.us</c>.</summary>
    public string TokenIssuer { get; init; } = "https://api.botframework.com";

    /// <summary>For whom outgoing tokens are asked; the US government's is <c>https://api.botframework.us/.default</c>.</summary>
    public string TokenScope { get; init; } = "https://api.botframework.com/.default";

    /// <summary>Tenants whose people may talk to the bot; <see cref="TenantId"/> alone when empty.</summary>
    public IReadOnlyList<string> AllowedTenants { get; init; } = [];

    /// <summary>Hosts that a bearer token may be sent to, <c>*.</c> for any host below; Microsoft's own when empty.</summary>
    public IReadOnlyList<string> AllowedServiceHosts { get; init; } = [];

    /// <summary>Accepts activities without a token and sends none: for a local Teams client. Refused in production.</summary>
    public bool AllowAnonymous { get; init; }

    /// <summary>Also accepts tokens that Entra issued to the bot's own registration, as local Teams clients send. Refused in production.</summary>
    public bool AllowEmulator { get; init; }

    public static Uri DefaultAuthority { get; } = new("https://login.microsoftonline.com/");

    public bool Enabled => AppId.Length > 0;

    public bool AllowsTenant(string tenant) => AllowedTenants.Count > 0
        ? AllowedTenants.Contains(tenant, StringComparer.OrdinalIgnoreCase)
        : TenantId.Equals(tenant, StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether SreBot may call that address at all: an https host of the list, or this machine with a setting for local clients.</summary>
    public bool AllowsService(string serviceUrl)
    {
        if (!Uri.TryCreate(serviceUrl, UriKind.Absolute, out var url) || url.UserInfo.Length > 0)
            return false;
        if ((AllowAnonymous || AllowEmulator) && url.IsLoopback && url.Scheme is "http" or "https")
            return true;
        var hosts = AllowedServiceHosts.Count > 0 ? AllowedServiceHosts : TeamsHosts;
        return url.Scheme == Uri.UriSchemeHttps && url.IsDefaultPort && hosts.Any(host => Fits(host, url.IdnHost));
    }

    private static bool Fits(string pattern, string host) => pattern.StartsWith("*.", StringComparison.Ordinal)
        ? host.EndsWith(pattern[1..], StringComparison.OrdinalIgnoreCase)
        : host.Equals(pattern, StringComparison.OrdinalIgnoreCase);
}
