using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Microsoft.Playwright;
using SreBot.Adapters.Tests.Slack;
using SreBot.Adapters.Tests.Web;

namespace SreBot.Tests.Scenario;

/// <summary>The same in a Slack workspace of other people's making, looked at and clicked in its own client in a real browser.</summary>
public sealed class BadDeploySlackTests : IAsyncLifetime
{
    private readonly TempFolder folder = new();
    private readonly Chromium chromium = new();

    public async ValueTask InitializeAsync() => await chromium.InitializeAsync();

    public async ValueTask DisposeAsync()
    {
        await chromium.DisposeAsync();
        folder.Dispose();
    }

    [Fact]
    public async Task A_bad_deploy_is_told_explained_acknowledged_and_resolved_in_one_message()
    {
        Assert.SkipUnless(LocalSlack.IsAvailable, "local-slack is built for Linux on x64.");
        var port = FreePort();
        await using var slack = await LocalSlack.StartAsync(new Uri($"http://127.0.0.1:{port}/slack/events"));
        var settings = new Dictionary<string, string>(BadDeployStory.Settings)
        {
            ["Slack__BotToken"] = LocalSlack.BotToken, ["Slack__ApiBase"] = slack.ApiBase, ["Slack__SigningSecret"] = LocalSlack.SigningSecret,
        };
        await using var srebot = await SreBotProcess.StartAsync(folder.Path, settings, $"http://127.0.0.1:{port}");
        Assert.Equal(0, (await SreBotProcess.RunAsync("admit", "slack", "T01TEST", "U01", "--role", "admin", "--data", folder.Path)).ExitCode);
        var linking = await slack.SayAsync("C01", "<@U0BOT> link Project_1");
        await Waiting.UntilAsync("the link", async () => (await ThreadAsync(slack, linking)).Any(message => Text(message).Contains("Project_1", StringComparison.Ordinal)));
        await slack.CommandAsync("/sre-alert", BadDeployStory.Rule);
        var story = new BadDeployStory(srebot);
        await story.BreakAsync();

        JsonElement alert = default;
        await Waiting.UntilAsync("the alert with its diagnosis", async () => (alert = await AlertAsync(slack)).ValueKind == JsonValueKind.Object && Blocks(alert).Contains("First diagnosis", StringComparison.Ordinal));
        var ts = alert.GetProperty("ts").GetString()!;
        await Waiting.UntilAsync("the chart in its thread", async () => (await ThreadAsync(slack, ts)).Any(message => message.TryGetProperty("files", out var files) && files.GetArrayLength() == 1));
        Assert.Contains(await ThreadAsync(slack, ts), message => Text(message).Contains("v2", StringComparison.Ordinal));
        await using var client = await chromium.OpenAsync(slack.Address);
        await ClickAsync(client, "Acknowledge");
        await Waiting.UntilAsync("the message edited to acknowledged", async () => Blocks(await AlertAsync(slack)).Contains("· acknowledged ·", StringComparison.Ordinal));
        await story.RollBackAsync();

        await Waiting.UntilAsync("the message edited to resolved", async () => Blocks(await AlertAsync(slack)).Contains("· resolved ·", StringComparison.Ordinal));
        await Assertions.Expect(client.Page.GetByText("· resolved ·").Last).ToBeVisibleAsync();
        await Waiting.UntilAsync("what was kept", async () => (await ThreadAsync(slack, ts)).Any(message => Text(message).Contains("is kept as", StringComparison.Ordinal)));
        Assert.Equal(ts, (await AlertAsync(slack)).GetProperty("ts").GetString());
        await client.KeepAsync("bad-deploy-slack");
    }

    /// <summary>In the client, on the message of the bad deploy, which is the last with such a button.</summary>
    private static async Task ClickAsync(ConsolePage client, string button)
    {
        await client.Page.GetByText("general").First.ClickAsync();
        await client.Page.GetByRole(AriaRole.Button, new() { Name = button, Exact = true }).Last.ClickAsync();
    }

    private static async Task<List<JsonElement>> ThreadAsync(LocalSlack slack, string parent) =>
        [.. (await slack.MessagesAsync("C01")).Where(message => IsReply(message) && message.GetProperty("thread_ts").GetString() == parent)];

    /// <summary>The one message of the incident in the channel itself.</summary>
    private static async Task<JsonElement> AlertAsync(LocalSlack slack) => (await slack.MessagesAsync("C01"))
        .SingleOrDefault(message => !IsReply(message) && Text(message).StartsWith("INC-", StringComparison.Ordinal) && Text(message).Contains(BadDeployStory.Title, StringComparison.Ordinal));

    private static bool IsReply(JsonElement message) => message.TryGetProperty("thread_ts", out var thread) && thread.ValueKind == JsonValueKind.String && thread.GetString() != message.GetProperty("ts").GetString();

    private static string Blocks(JsonElement message) => message.ValueKind == JsonValueKind.Object && message.TryGetProperty("blocks", out var blocks) ? blocks.GetRawText() : "";

    private static string Text(JsonElement message) => message.GetProperty("text").GetString()!;

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
