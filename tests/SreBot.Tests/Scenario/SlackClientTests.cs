using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Microsoft.Playwright;
using SreBot.Adapters.Tests.Slack;
using SreBot.Adapters.Tests.Web;

namespace SreBot.Tests.Scenario;

/// <summary>What a person sees and clicks in the client of a Slack workspace of other people's making, in a real browser, in both modes.</summary>
public sealed class SlackClientTests : IAsyncLifetime
{
    private readonly TempFolder folder = new();
    private readonly Chromium chromium = new();

    public async ValueTask InitializeAsync() => await chromium.InitializeAsync();

    public async ValueTask DisposeAsync()
    {
        await chromium.DisposeAsync();
        folder.Dispose();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_question_is_answered_in_its_thread_and_an_alert_is_acknowledged_and_snoozed_in_one_message(bool onSocket)
    {
        Assert.SkipUnless(LocalSlack.IsAvailable, "local-slack is built for Linux on x64.");
        var port = FreePort();
        await using var slack = await LocalSlack.StartAsync(onSocket ? null : new Uri($"http://127.0.0.1:{port}/slack/events"));
        await using var srebot = await SreBotProcess.StartAsync(folder.Path, Settings(slack, onSocket), $"http://127.0.0.1:{port}");
        await Waiting.UntilAsync("the socket connected", async () => !onSocket || await slack.IsSocketConnectedAsync());
        Assert.Equal(0, (await SreBotProcess.RunAsync("admit", "slack", "T01TEST", "U01", "--role", "admin", "--data", folder.Path)).ExitCode);
        foreach (var project in (string[])["Project_1", "Project_2", "Project_3"])
        {
            var linked = await slack.SayAsync("C01", $"<@U0BOT> link {project}");
            await Waiting.UntilAsync($"{project} linked", async () => (await ThreadAsync(slack, linked)).Any(message => Text(message).Contains(project, StringComparison.Ordinal)));
        }

        await using var client = await chromium.OpenAsync(slack.Address);
        await client.Page.GetByText("general").First.ClickAsync();
        var asked = await slack.SayAsync("C01", "<@U0BOT> why is INC-1 slow?");
        await Waiting.UntilAsync("an answer with a chart", async () => (await ThreadAsync(slack, asked)).Any(message => message.TryGetProperty("files", out var files) && files.GetArrayLength() == 1));
        await client.Page.GetByText("replies").Last.ClickAsync();
        await Assertions.Expect(client.Page.GetByText("became slow").Last).ToBeVisibleAsync();
        await client.KeepAsync($"slack-thread-{(onSocket ? "socket" : "events")}");

        await slack.CommandAsync("/sre-alert", "create requests sum > 0 over 1m in Project_1 as \"Any traffic\" notify #here");
        JsonElement alert = default;
        await Waiting.UntilAsync("the alert in the channel", async () => (alert = (await slack.MessagesAsync("C01")).LastOrDefault(IsAlert)).ValueKind == JsonValueKind.Object);
        var ts = alert.GetProperty("ts").GetString()!;
        await ClickAsync(client, "Acknowledge");
        await Waiting.UntilAsync("acknowledged in place", async () => (await BlocksAsync(slack, ts)).Contains("Acknowledged by", StringComparison.Ordinal));
        await ClickAsync(client, "Snooze 1h");
        await Waiting.UntilAsync("snoozed in place", async () => (await BlocksAsync(slack, ts)).Contains("Snoozed by", StringComparison.Ordinal));
        await Assertions.Expect(client.Page.GetByText("Snoozed by").Last).ToBeVisibleAsync();
        await Waiting.UntilAsync("a private answer", async () => (await slack.MessagesAsync("C01")).Any(message => message.TryGetProperty("ephemeral_to", out var to) && to.GetString() == "U01" && Text(message).Contains("is snoozed by", StringComparison.Ordinal)));
        await client.KeepAsync($"slack-alert-{(onSocket ? "socket" : "events")}");
    }

    private static Dictionary<string, string> Settings(LocalSlack slack, bool onSocket) => new()
    {
        ["Slack__BotToken"] = LocalSlack.BotToken,
        ["Slack__ApiBase"] = slack.ApiBase,
        [onSocket ? "Slack__AppToken" : "Slack__SigningSecret"] = onSocket ? LocalSlack.AppToken : LocalSlack.SigningSecret,
    };

    private static Task ClickAsync(ConsolePage client, string button) => client.Page.GetByRole(AriaRole.Button, new() { Name = button, Exact = true }).Last.ClickAsync();

    private static async Task<string> BlocksAsync(LocalSlack slack, string ts) => (await slack.MessagesAsync("C01")).Single(message => message.GetProperty("ts").GetString() == ts).GetProperty("blocks").GetRawText();

    private static async Task<List<JsonElement>> ThreadAsync(LocalSlack slack, string parent) => [.. (await slack.MessagesAsync("C01")).Where(message => IsReply(message) && message.GetProperty("thread_ts").GetString() == parent)];

    private static bool IsAlert(JsonElement message) => !IsReply(message) && message.TryGetProperty("blocks", out var blocks) && blocks.GetRawText() is var raw && raw.Contains("INC-", StringComparison.Ordinal) && raw.Contains("Acknowledge", StringComparison.Ordinal);

    private static bool IsReply(JsonElement message) => message.TryGetProperty("thread_ts", out var thread) && thread.ValueKind == JsonValueKind.String && thread.GetString() != message.GetProperty("ts").GetString();

    private static string Text(JsonElement message) => message.GetProperty("text").GetString()!;

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
