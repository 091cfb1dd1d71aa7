using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using SreBot.Adapters.Tests.Slack;

namespace SreBot.Tests.Scenario;

/// <summary>The scenario in a Slack workspace of other people's making, in both modes: link, question, alert message edited in place, acknowledge.</summary>
public sealed class SlackScenarioTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_scenario_runs_in_slack(bool onSocket)
    {
        Assert.SkipUnless(LocalSlack.IsAvailable, "local-slack is built for Linux on x64.");
        using var folder = new TempFolder();
        var port = FreePort();
        await using var slack = await LocalSlack.StartAsync(onSocket ? null : new Uri($"http://127.0.0.1:{port}/slack/events"));
        await using var srebot = await SreBotProcess.StartAsync(folder.Path, Settings(slack, onSocket), $"http://127.0.0.1:{port}");
        await Waiting.UntilAsync("the socket connected", async () => !onSocket || await slack.IsSocketConnectedAsync());

        var stranger = await slack.SayAsync("C01", "<@U0BOT> why is INC-1 slow?");
        Assert.Equal(0, (await SreBotProcess.RunAsync("admit", "slack", "T01TEST", "U01", "--role", "admin", "--data", folder.Path)).ExitCode);
        foreach (var project in (string[])["Project_1", "Project_2", "Project_3"])
        {
            var linked = await slack.SayAsync("C01", $"<@U0BOT> link {project}");
            await Waiting.UntilAsync($"{project} linked", async () => (await ThreadAsync(slack, linked)).Any(message => Text(message).Contains(project, StringComparison.Ordinal)));
        }

        var asked = await slack.SayAsync("C01", "<@U0BOT> why is INC-1 slow?");
        await Waiting.UntilAsync("an answer with a chart", async () => (await ThreadAsync(slack, asked)).Any(message => message.TryGetProperty("files", out var files) && files.GetArrayLength() == 1));
        Assert.Contains(await ThreadAsync(slack, asked), message => Text(message).Contains("became slow", StringComparison.Ordinal));
        Assert.DoesNotContain(await ThreadAsync(slack, stranger), message => Text(message).Contains("Server_", StringComparison.Ordinal));

        await slack.CommandAsync("/sre-alert", "create requests sum > 0 over 1m in Project_1 as \"Any traffic\" notify #here");
        JsonElement alert = default;
        await Waiting.UntilAsync("the alert in the channel", async () => (alert = await FindAsync(slack, "INC-", "open")).ValueKind == JsonValueKind.Object);
        await slack.ClickAsync(alert.GetProperty("ts").GetString()!, Button(alert, "Acknowledge"));
        await Waiting.UntilAsync("the message edited in place", async () => (await slack.MessagesAsync("C01")).Single(message => message.GetProperty("ts").GetString() == alert.GetProperty("ts").GetString())
            .GetProperty("blocks").GetRawText().Contains("acknowledged", StringComparison.Ordinal));
    }

    private static Dictionary<string, string> Settings(LocalSlack slack, bool onSocket)
    {
        var settings = new Dictionary<string, string> { ["Slack__BotToken"] = LocalSlack.BotToken, ["Slack__ApiBase"] = slack.ApiBase };
        settings.Add(onSocket ? "Slack__AppToken" : "Slack__SigningSecret", onSocket ? LocalSlack.AppToken : LocalSlack.SigningSecret);
        return settings;
    }

    private static async Task<List<JsonElement>> ThreadAsync(LocalSlack slack, string parent) =>
        [.. (await slack.MessagesAsync("C01")).Where(message => message.TryGetProperty("thread_ts", out var thread) && thread.GetString() == parent && message.GetProperty("ts").GetString() != parent)];

    /// <summary>A message of the channel itself that holds both words.</summary>
    private static async Task<JsonElement> FindAsync(LocalSlack slack, string first, string second) =>
        (await slack.MessagesAsync("C01")).LastOrDefault(message => (!message.TryGetProperty("thread_ts", out var thread) || thread.ValueKind == JsonValueKind.Null || thread.GetString() == message.GetProperty("ts").GetString())
            && message.TryGetProperty("blocks", out var blocks) && blocks.GetRawText() is var raw && raw.Contains(first, StringComparison.Ordinal) && raw.Contains(second, StringComparison.Ordinal));

    private static JsonElement Button(JsonElement message, string text) => message.GetProperty("blocks").EnumerateArray()
        .Where(block => block.GetProperty("type").GetString() == "actions")
        .SelectMany(block => block.GetProperty("elements").EnumerateArray())
        .Single(button => button.GetProperty("text").GetProperty("text").GetString() == text);

    private static string Text(JsonElement message) => message.GetProperty("text").GetString()!;

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
