using System.CommandLine;
using SreBot.Embedded;
using SreBot.Model;

namespace SreBot.Cli;

/// <summary>The command line. Every command but <c>serve</c> speaks to a server: the one that holds the data folder, or one that it starts for itself.</summary>
/// <param name="start">Starts a server in this process.</param>
internal sealed class CommandLine(Func<ServeSettings, CancellationToken, Task<IServer>> start)
{
    private readonly Option<string?> data = new("--data") { Description = "The data folder; the user's own unless given.", Recursive = true };
    private readonly Option<bool> ephemeral = new("--ephemeral") { Description = "Use a new data folder and remove it at the end.", Recursive = true };
    private readonly Option<string?> urls = new("--urls") { Description = "Where to listen, such as http://127.0.0.1:5080; loopback unless given." };

    public RootCommand Create()
    {
        var serve = new Command("serve", "Serve chat, alerts and the API; what runs when no command is named.") { urls };
        serve.SetAction(ServeAsync);
        var root = new RootCommand("SreBot, an SRE assistant for Slack and Microsoft Teams.") { data, ephemeral, urls, serve };
        root.SetAction(ServeAsync);
        root.Add(new AskCommand(ConnectAsync).Create());
        root.Add(new VerbCommand("alert", "\"create error_rate > 5% over 10m in Project_1\"", ConnectAsync).Create());
        root.Add(new VerbCommand("incident", "show INC-1", ConnectAsync).Create());
        root.Add(new VerbCommand("receiver", "list", ConnectAsync).Create());
        root.Add(new VerbCommand("delivery", "list", ConnectAsync).Create());
        root.Add(new ExportCommand(ConnectAsync).Create());
        root.Add(new DeployCommand(ConnectAsync).Create());
        root.Add(new AdmitCommand(ConnectAsync).Create());
        root.Add(new SeedCommand(ConnectAsync).Create());
        root.Add(new DemoCommand(ConnectAsync).Create());
        root.Add(new ImportCommand(ConnectAsync).Create());
        root.Add(new ConnectCommand().Create());
        root.Add(new DoctorCommand(ConnectAsync).Create());
        return root;
    }

    private async Task<int> ServeAsync(ParseResult parsed, CancellationToken cancel)
    {
        await using var server = await start(Settings(parsed, isQuiet: false), cancel);
        await server.WaitForStopAsync();
        return 0;
    }

    private async Task<ServerClient> ConnectAsync(ParseResult parsed, CancellationToken cancel)
    {
        var settings = Settings(parsed, isQuiet: true);
        if (!settings.IsEphemeral && DataFolder.ReadServing(settings.DataFolder) is { } serving)
        {
            return new ServerClient(new Uri(serving.Address), serving.Token, owned: null);
        }

        var server = await start(settings with { Urls = "http://127.0.0.1:0" }, cancel);
        return new ServerClient(server.Address, server.Token, server);
    }

    private ServeSettings Settings(ParseResult parsed, bool isQuiet) =>
        new(parsed.GetValue(data), parsed.GetValue(ephemeral), isQuiet ? null : parsed.GetValue(urls), isQuiet);
}
