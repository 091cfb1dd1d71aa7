using System.Collections.Concurrent;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace SreBot.Adapters.Tests.Teams;

/// <summary>Entra and the Bot Framework's key document, over https: tokens for one secret, two key sets.</summary>
internal sealed class LoginServer : IAsyncDisposable
{
    public const string Secret = "a-secret-of-the-test";

    private readonly WebApplication app;
    private readonly ConcurrentDictionary<string, bool> valid = new();
    private int issued;

    private LoginServer(WebApplication app, X509Certificate2 certificate)
    {
        this.app = app;
        Certificate = certificate;
    }

    public X509Certificate2 Certificate { get; }
    public JsonObject BotKeys { get; set; } = new() { ["keys"] = new JsonArray() };
    public JsonObject EntraKeys { get; set; } = new() { ["keys"] = new JsonArray() };

    /// <summary>How often the Bot Framework's keys were asked for.</summary>
    public int KeyRequests { get; private set; }

    /// <summary>How many tokens were given out.</summary>
    public int Issued => issued;

    /// <summary>The status of the token endpoint; 200 grants.</summary>
    public int TokenStatus { get; set; } = 200;

    public ConcurrentQueue<string> Faults { get; } = new();
    public Uri Address => new(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First() + "/");
    public Uri BotMetadata => new(Address, "v1/.well-known/openidconfiguration");

    public static async Task<LoginServer> StartAsync(CancellationToken cancel)
    {
        var certificate = TestCertificate.Create(TimeProvider.System);
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(System.Net.IPAddress.Loopback, 0, listen => listen.UseHttps(certificate)));
        var server = new LoginServer(builder.Build(), certificate);
        server.Map();
        await server.app.StartAsync(cancel);
        return server;
    }

    public bool IsValid(string token) => valid.ContainsKey(token);

    public void RevokeAll() => valid.Clear();

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        Certificate.Dispose();
    }

    private void Map()
    {
        app.MapGet("/v1/.well-known/openidconfiguration", () => Json(new() { ["issuer"] = TokenMint.Issuer, ["jwks_uri"] = new Uri(Address, "v1/.well-known/keys").AbsoluteUri }));
        app.MapGet("/v1/.well-known/keys", () =>
        {
            KeyRequests++;
            return Json(BotKeys);
        });
        app.MapGet("/{tenant}/v2.0/.well-known/openid-configuration", (string tenant) => Json(new() { ["jwks_uri"] = new Uri(Address, $"{tenant}/discovery/v2.0/keys").AbsoluteUri }));
        app.MapGet("/{tenant}/discovery/v2.0/keys", () => Json(EntraKeys));
        app.MapPost("/{tenant}/oauth2/v2.0/token", GrantAsync);
        app.MapFallback((HttpContext context) =>
        {
            Faults.Enqueue($"unexpected {context.Request.Method} {context.Request.Path}");
            return Results.NotFound();
        });
    }

    private async Task<IResult> GrantAsync(string tenant, HttpRequest request)
    {
        var form = await request.ReadFormAsync();
        if (TokenStatus != 200)
            return Json(new() { ["error"] = "temporarily_unavailable", ["error_description"] = "AADSTS90033" }, TokenStatus);
        if (form["client_secret"] != Secret)
            return Json(new() { ["error"] = "invalid_client", ["error_description"] = "AADSTS7000215: Invalid client secret provided.", ["error_codes"] = new JsonArray(7000215) }, 401);
        if (tenant != TokenMint.TenantId || form["grant_type"] != "client_credentials" || form["client_id"] != TokenMint.AppId || !form["scope"].ToString().Contains("https://api.botframework.com/.default", StringComparison.Ordinal))
            Faults.Enqueue($"a malformed token request for {tenant}: {string.Join('&', form.Select(field => $"{field.Key}={field.Value}"))}");
        var token = $"granted-{Interlocked.Increment(ref issued)}";
        valid[token] = true;
        return Json(new() { ["token_type"] = "Bearer", ["expires_in"] = 3599, ["access_token"] = token });
    }

    private static IResult Json(JsonObject body, int status = 200) => Results.Text(body.ToJsonString(), "application/json", statusCode: status);
}
