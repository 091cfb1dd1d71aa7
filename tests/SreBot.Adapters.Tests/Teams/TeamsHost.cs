using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using SreBot.Adapters.Chat;
using SreBot.Adapters.Teams;

namespace SreBot.Adapters.Tests.Teams;

/// <summary>A real host with Teams in it, between the test's Entra and the test's Bot Connector.</summary>
internal sealed class TeamsHost : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly TokenMint mint;
    private readonly HttpClient client = new();

    private TeamsHost(WebApplication app, TokenMint mint) => (this.app, this.mint) = (app, mint);

    public ISetupCheck Check => app.Services.GetRequiredService<ISetupCheck>();
    public IChatPoster Poster => app.Services.GetRequiredService<IChatPoster>();

    public static async Task<TeamsHost> StartAsync(LoginServer login, TokenMint mint, MemoryState state, RecordingTurns turns, CancellationToken cancel, string environment = "Development", params (string Key, string Value)[] settings)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = environment });
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Configuration.AddInMemoryCollection(Settings(login).Concat(settings).GroupBy(setting => setting.Key).ToDictionary(same => $"Teams:{same.Key}", string? (same) => same.Last().Value));
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton<IChatStateStore>(state);
        builder.Services.AddSingleton<IChatTurnHandler>(turns);
        builder.Services.AddSingleton<IChartPainter>(new FlatPainter(1_000));
        builder.Services.AddSingleton(new PublicAddress(() => new Uri("https://sre.invalid")));
        builder.Services.AddTeams(builder.Configuration);
        builder.Services.AddHttpClient("teams").ConfigurePrimaryHttpMessageHandler(() => TestCertificate.TrustOnly(login.Certificate));
        foreach (var timeout in settings.Where(setting => setting.Key == "TestTimeout"))
            builder.Services.AddHttpClient("teams", http => http.Timeout = TimeSpan.Parse(timeout.Value));
        var app = builder.Build();
        app.MapTeams();
        await app.StartAsync(cancel);
        return new(app, mint);
    }

    /// <summary>Sends an activity with a genuine token for its own service.</summary>
    public Task<HttpResponseMessage> SendAsync(JsonObject activity, CancellationToken cancel)
    {
        var claims = TokenMint.Claims(TimeProvider.System.GetUtcNow(), (string?)activity["serviceUrl"] ?? "");
        return SendAsync(activity.ToJsonString(), mint.Bot(TokenMint.Header(), claims), cancel);
    }

    public async Task<HttpResponseMessage> SendAsync(string body, string? token, CancellationToken cancel)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, app.Urls.First() + "/api/messages") { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        if (token is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return await client.SendAsync(request, cancel);
    }

    public async ValueTask DisposeAsync()
    {
        client.Dispose();
        await app.DisposeAsync();
    }

    private static IEnumerable<(string Key, string Value)> Settings(LoginServer login) =>
    [
        ("AppId", TokenMint.AppId), ("TenantId", TokenMint.TenantId), ("AppPassword", LoginServer.Secret),
        ("Authority", login.Address.AbsoluteUri), ("OpenIdMetadata", login.BotMetadata.AbsoluteUri), ("AllowEmulator", "true"),
    ];
}
