using Microsoft.AspNetCore.Hosting.Server.Features;
using Npgsql;
using SreBot.Access;
using SreBot.Model;

namespace SreBot.Hosting;

/// <summary>A serving SreBot in this process: engines first, then the startup steps, then the surfaces.</summary>
internal sealed class SreBotHost : Model.IServer
{
    private readonly Engines engines;
    private readonly WebApplication app;

    private SreBotHost(Engines engines, WebApplication app)
    {
        this.engines = engines;
        this.app = app;
    }

    public Uri Address => Bound(app);

    public string Token => app.Services.GetRequiredService<LocalToken>().Value;

    public IServiceProvider Services => app.Services;

    public static Task<Model.IServer> StartAsync(ServeSettings settings, CancellationToken cancel) => StartAsync(settings, new Dictionary<string, string?>(), TimeProvider.System, cancel);

    /// <param name="overrides">Configuration above files and the environment, as <c>Slack:BotToken</c>.</param>
    public static async Task<Model.IServer> StartAsync(ServeSettings settings, IReadOnlyDictionary<string, string?> overrides, TimeProvider time, CancellationToken cancel)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.Configuration.AddInMemoryCollection(overrides);
        Listen(builder, settings);
        builder.Logging.SetMinimumLevel(LogLevel.Warning) // Logging:LogLevel says otherwise
            .AddFilter("Microsoft.Extensions.Hosting", LogLevel.Critical) // Program.cs says why a start failed
            .AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error); // the keys lie in a folder that only the user may read
        builder.Logging.AddConsole(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
        using var early = LoggerFactory.Create(logging => logging.AddConsole(console => console.LogToStandardErrorThreshold = LogLevel.Trace));
        var engines = await Engines.StartAsync(settings, builder.Configuration, time, early.CreateLogger<Engines>(), cancel);
        WebApplication? app = null;
        try
        {
            builder.Services.AddSingleton(time);
            builder.Services.AddSingleton<IOperatorConsole>(new OperatorConsole(settings.IsQuiet));
            builder.Services.AddSreBot(builder.Configuration, engines, () => Bound(app!));
            app = builder.Build();
            app.MapSreBot();
            engines.PostgresRestarted += app.Services.GetRequiredService<NpgsqlDataSource>().Clear;
            foreach (var step in app.Services.GetServices<IStartupStep>())
            {
                await step.RunAsync(cancel);
            }

            await app.StartAsync(cancel);
            await app.Services.GetRequiredService<CatchUp>().WaitAsync(cancel);
            var host = new SreBotHost(engines, app);
            engines.Folder.WriteServing(host.Address.ToString(), host.Token);
            app.Services.GetRequiredService<IOperatorConsole>().Say($"SreBot is ready: {host.Address}");
            return host;
        }
        catch
        {
            await StopAsync(app, engines);
            throw;
        }
    }

    public Task WaitForStopAsync() => app.WaitForShutdownAsync();

    public async ValueTask DisposeAsync()
    {
        await app.StopAsync();
        await StopAsync(app, engines);
    }

    private static async Task StopAsync(WebApplication? app, Engines engines)
    {
        if (app is not null)
        {
            await app.DisposeAsync();
        }

        await engines.DisposeAsync();
    }

    private static Uri Bound(WebApplication app)
    {
        var address = app.Services.GetRequiredService<Microsoft.AspNetCore.Hosting.Server.IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        return new Uri(address.Replace("://0.0.0.0", "://127.0.0.1", StringComparison.Ordinal).Replace("://[::]", "://127.0.0.1", StringComparison.Ordinal).TrimEnd('/') + "/");
    }

    /// <summary>Loopback unless told otherwise. The usual port may be taken: then any free one, since nobody asked for that port.</summary>
    private static void Listen(WebApplicationBuilder builder, ServeSettings settings)
    {
        var asked = settings.Urls ?? builder.Configuration["urls"];
        builder.WebHost.UseUrls(asked ?? (LoopbackPort.IsFree(5080) ? "http://127.0.0.1:5080" : "http://127.0.0.1:0"));
    }
}
