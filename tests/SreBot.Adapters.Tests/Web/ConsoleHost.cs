using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using SreBot.Adapters.Chat;
using SreBot.Adapters.Web;

namespace SreBot.Adapters.Tests.Web;

/// <summary>The console on a real port of this machine.</summary>
internal sealed class ConsoleHost : IAsyncDisposable
{
    private readonly WebApplication app;

    private ConsoleHost(WebApplication app) => this.app = app;

    public HeldTurns Turns => app.Services.GetRequiredService<HeldTurns>();
    public MemorySignIn SignIn => app.Services.GetRequiredService<MemorySignIn>();
    public IWebConsoleStore Store => app.Services.GetRequiredService<IWebConsoleStore>();
    public IChatPoster Poster => app.Services.GetRequiredService<IChatPoster>();
    public Uri Address => new(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());

    /// <param name="port">0: a free one.</param>
    /// <param name="store">What an earlier host kept.</param>
    public static async Task<ConsoleHost> StartAsync(int port = 0, IWebConsoleStore? store = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls($"http://127.0.0.1:{port}");
        builder.Services
            .AddSingleton<IDataProtectionProvider>(new EphemeralDataProtectionProvider())
            .AddSingleton<HeldTurns>().AddSingleton<IChatTurnHandler>(services => services.GetRequiredService<HeldTurns>())
            .AddSingleton<MemorySignIn>().AddSingleton<IWebSignIn>(services => services.GetRequiredService<MemorySignIn>())
            .AddSingleton<IWebConsoleStore>(store ?? new MemoryConsoleStore(TimeProvider.System))
            .AddWeb(Configure);
        var app = builder.Build();
        app.MapWeb();
        await app.StartAsync(TestContext.Current.CancellationToken);
        return new(app);
    }

    private static void Configure(WebConsoleOptions console)
    {
        console.Product = "SreBot";
        console.BotName = "sre-bot";
        console.CommandPrefix = "sre";
        console.Welcome = "What would you like to know?";
        console.FirstQuestions = ["Why is INC-1 slow?", "Which servers are slowest right now?", "What changed in the last hour?"];
        console.Placeholder = "@sre-bot why is INC-1 slow?";
        console.SignInHint = "The first start prints an access token.";
        console.AssetFiles["echarts.js"] = Path.Combine(Packages(), "echarts", "dist", "echarts.min.js");
        console.AssetFiles["sans.woff2"] = Path.Combine(Packages(), "@fontsource-variable", "inter", "files", "inter-latin-wght-normal.woff2"); // passed over where it is not there
        console.AssetFiles["mono.woff2"] = Path.Combine(Packages(), "@fontsource-variable", "jetbrains-mono", "files", "jetbrains-mono-latin-wght-normal.woff2");
        console.Poll = TimeSpan.FromSeconds(1);
    }

    private static string Packages([CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "../../../src/SreBot/Embedded/node_modules"));

    public async ValueTask DisposeAsync() => await app.DisposeAsync();
}
