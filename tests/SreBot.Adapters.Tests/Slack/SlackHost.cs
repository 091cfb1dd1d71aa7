using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using SreBot.Adapters.Chat;
using SreBot.Adapters.Slack;

namespace SreBot.Adapters.Tests.Slack;

/// <summary>A real server with Slack switched on as a user would: by settings.</summary>
internal sealed class SlackHost : IAsyncDisposable
{
    public const string Secret = LocalSlack.SigningSecret;

    private readonly WebApplication _app;

    private SlackHost(WebApplication app, RecordingTurns turns) => (_app, Turns) = (app, turns);

    public RecordingTurns Turns { get; }
    public Uri Address => new(_app.Urls.First());
    public ISetupCheck Check => _app.Services.GetRequiredService<ISetupCheck>();
    public IChatPoster Poster => _app.Services.GetRequiredService<IChatPoster>();

    public static Task<SlackHost> StartAsync(string apiBase, TimeProvider? time = null, bool onSocket = false, bool onHttp = true, string botToken = StrictSlack.BotToken,
        string appToken = StrictSlack.AppToken, string secret = Secret, int port = 0, SlackSocketTiming? timing = null, RecordingTurns? turns = null, IChatHome? home = null)
    {
        var settings = new Dictionary<string, string?> { ["Slack:BotToken"] = botToken, ["Slack:ApiBase"] = apiBase };
        if (onHttp)
            settings["Slack:SigningSecret"] = secret;
        if (onSocket)
            settings["Slack:AppToken"] = appToken;
        return StartAsync(settings, time ?? TimeProvider.System, port, timing, turns ?? new(), home);
    }

    public static async Task<SlackHost> StartAsync(Dictionary<string, string?> settings, TimeProvider time, int port, SlackSocketTiming? timing, RecordingTurns turns, IChatHome? home = null, MemoryInstallations? installations = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Configuration.AddInMemoryCollection(settings);
        builder.WebHost.UseUrls($"http://127.0.0.1:{port}");
        builder.Services.AddSingleton(time);
        builder.Services.AddSingleton<IChatTurnHandler>(turns);
        builder.Services.AddSingleton<IChartPainter, PlainPainter>();
        builder.Services.AddSingleton(new PublicAddress(() => new Uri("http://127.0.0.1:5080")));
        if (home is not null)
            builder.Services.AddSingleton(home);
        if (installations is not null)
            builder.Services.AddSingleton<IChatInstallations>(installations).AddSingleton(installations.Protection);
        if (timing is not null)
            builder.Services.AddSingleton(timing);
        builder.Services.AddSlack(builder.Configuration);
        var app = builder.Build();
        app.MapSlack();
        await app.StartAsync();
        return new(app, turns);
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }
}
