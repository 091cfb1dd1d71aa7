using System.Text.Json;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace SreBot.Adapters.Teams;

/// <summary>Proves that an activity comes from Teams: RS256 tokens of the Bot Framework, and of Entra behind <see cref="TeamsOptions.AllowEmulator"/>.</summary>
internal sealed class TeamsToken(IOptions<TeamsOptions> options, IHttpClientFactory http, TimeProvider time, ILogger<TeamsToken> logger) : IDisposable
{
    /// <summary>Of the Bot Framework's own documentation.</summary>
    private const double SkewSeconds = 300;

    /// <summary>The tenants that issue the Bot Framework Emulator's tokens, as its public documentation lists them.</summary>
    private static readonly string[] EmulatorTenants = ["d6d49420-f39b-4df7-a1dc-d59a935871db", "f8cdef31-a31e-4b4a-93e4-5f571e91255a"];

    private readonly TeamsOptions settings = options.Value;
    private readonly TeamsKeySet botKeys = new(options.Value.OpenIdMetadata, http, time, logger);
    private readonly TeamsKeySet entraKeys =
        new(new Uri(options.Value.Authority, $"{options.Value.TenantId}/v2.0/.well-known/openid-configuration"), http, time, logger);

    /// <summary>Cheap checks first: the keys are asked for only when everything else fits.</summary>
    public async Task<TeamsTokenVerdict> CheckAsync(string? authorization, CancellationToken cancel)
    {
        if (TeamsJwt.Read(authorization) is not { } token)
            return new TeamsTokenVerdict.Refused("no bearer token of three parts");
        var isEmulator = settings.AllowEmulator && token.Claims.TextAt("iss") != settings.TokenIssuer;
        var fault = HeaderFault(token) ?? TimeFault(token.Claims) ?? AudienceFault(token.Claims) ?? (isEmulator ? EmulatorFault(token.Claims) : ChannelFault(token.Claims));
        if (fault is not null)
            return new TeamsTokenVerdict.Refused(fault);
        if (await (isEmulator ? entraKeys : botKeys).FindAsync(token.KeyId!, cancel) is not { } key)
            return new TeamsTokenVerdict.Refused("unknown signing key");
        if (!key.Signed(token.Signed, token.Signature))
            return new TeamsTokenVerdict.Refused("wrong signature");
        return new TeamsTokenVerdict.Accepted(isEmulator ? null : key.Endorsements, token.Claims.TextAt("serviceurl"));
    }

    public void Dispose()
    {
        botKeys.Dispose();
        entraKeys.Dispose();
    }

    private static string? HeaderFault(TeamsJwt token) => token switch
    {
        { Algorithm: not "RS256" } => "not RS256",
        { KeyId: null or "" } => "no key id",
        _ when token.Header.TryGetProperty("crit", out _) => "demands an extension",
        _ => null,
    };

    private string? TimeFault(JsonElement claims)
    {
        var now = time.GetUtcNow().ToUnixTimeMilliseconds() / 1000.0;
        if (claims.At("exp") is not { ValueKind: JsonValueKind.Number } expiry || !expiry.TryGetDouble(out var end) || now > end + SkewSeconds)
            return "expired, or no expiry";
        return claims.At("nbf") switch
        {
            { ValueKind: JsonValueKind.Undefined } => null,
            { ValueKind: JsonValueKind.Number } start when start.TryGetDouble(out var from) && from <= now + SkewSeconds && from <= end => null,
            _ => "not valid yet",
        };
    }

    private string? AudienceFault(JsonElement claims)
    {
        var audience = claims.At("aud");
        var isOurs = audience.ValueKind == JsonValueKind.Array
            ? audience.EnumerateArray().Any(item => item.ValueKind == JsonValueKind.String && item.ValueEquals(settings.AppId))
            : audience.ValueKind == JsonValueKind.String && audience.ValueEquals(settings.AppId);
        return isOurs ? null : "for another audience";
    }

    private string? ChannelFault(JsonElement claims)
    {
        if (claims.TextAt("iss") != settings.TokenIssuer)
            return "another issuer";
        return claims.TextAt("serviceurl") is { Length: > 0 } ? null : "names no service";
    }

    /// <summary>An app's own token: version 1.0 names the app in <c>appid</c>, version 2.0 in <c>azp</c>; each has its issuer's form.</summary>
    private string? EmulatorFault(JsonElement claims)
    {
        var (issuers, app) = claims.TextAt("ver") switch
        {
            "1.0" => (Tenants.Select(tenant => $"https://sts.windows.net/{tenant}/"), claims.TextAt("appid")),
            "2.0" => (Tenants.Select(tenant => $"https://login.microsoftonline.com/{tenant}/v2.0"), claims.TextAt("azp")),
            _ => ([], null),
        };
        if (!issuers.Contains(claims.TextAt("iss")))
            return "another issuer";
        return app == settings.AppId ? null : "issued to another app";
    }

    private IEnumerable<string> Tenants => EmulatorTenants.Prepend(settings.TenantId);
}
