using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using SreBot.Adapters.Chat;
using SreBot.Adapters.Tests.Web;
using static Microsoft.Playwright.Assertions;

namespace SreBot.Adapters.Tests.Slack;

/// <summary>A form and a person's page in a Slack workspace of other people's making, in a real browser, in both modes.</summary>
public sealed partial class LocalSlackFormTests(Chromium chromium) : IClassFixture<Chromium>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_person_fills_in_the_form_mends_a_mistake_and_is_answered_privately(bool onSocket)
    {
        Assert.SkipUnless(LocalSlack.IsAvailable, "local-slack is built for Linux on x64.");
        var turns = new RecordingTurns
        {
            HasForm = turn => turn is { Command: "sre-alert", Text: "" },
            Answer = turn => turn.Action is { Verb: "ack" } ? ChatReply.Of("Done: ack INC-1") : turn.Action?.Fields is not { } fields ? Forms.Reply
                : fields["count"] is ["2"] ? ChatReply.Of("Ordered.") : ChatReply.Of("No.") with { Mistakes = new Dictionary<string, string> { ["count"] = "At most 2." } },
        };
        var port = FreePort();
        await using var slack = await LocalSlack.StartAsync(onSocket ? null : new Uri($"http://127.0.0.1:{port}/slack/events"));
        await using var host = await SlackHost.StartAsync(slack.ApiBase, onSocket: onSocket, onHttp: !onSocket, botToken: LocalSlack.BotToken, appToken: LocalSlack.AppToken, port: port, turns: turns, home: new StillHome());
        while (onSocket && !await slack.IsSocketConnectedAsync())
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, Cancel);
        await using var console = await chromium.OpenAsync(slack.Address, width: 1400, height: 1000);
        await console.Page.GetByText("general").First.ClickAsync();

        await slack.CommandAsync("/sre-alert", "");
        await Expect(console.Page.GetByText("New order")).ToBeVisibleAsync();
        await KeepAsync(console.Page, $"slack-form-{onSocket}");
        var count = console.Page.Locator(".bk-plain-input").First;
        await count.FillAsync("3");
        await console.Page.GetByRole(AriaRole.Button, new() { Name = "Send it" }).ClickAsync();
        await Expect(console.Page.GetByText("At most 2.")).ToBeVisibleAsync();
        await KeepAsync(console.Page, $"slack-form-mistake-{onSocket}");
        await count.FillAsync("2");
        await console.Page.GetByRole(AriaRole.Button, new() { Name = "Send it" }).ClickAsync();

        await Expect(console.Page.GetByText("Ordered.").First).ToBeVisibleAsync();
        await KeepAsync(console.Page, $"slack-form-taken-{onSocket}");

        await console.Page.GetByText(AppName()).First.ClickAsync();
        await slack.OpenHomeAsync();
        await Expect(console.Page.GetByText("Page of U01")).ToBeVisibleAsync();
        await console.Page.GetByRole(AriaRole.Button, new() { Name = "Acknowledge" }).ClickAsync();
        await Expect(console.Page.GetByText("Done: ack INC-1")).ToBeVisibleAsync();
        await KeepAsync(console.Page, $"slack-home-{onSocket}");
    }

    private static async Task KeepAsync(IPage page, string name)
    {
        if (Environment.GetEnvironmentVariable("SREBOT_KEEP_PICTURES") is { Length: > 0 } folder)
            await page.ScreenshotAsync(new() { Path = Path.Combine(folder, name + ".png") });
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>In the list of apps, after its picture.</summary>
    [GeneratedRegex(@"bot\s*$")]
    private static partial Regex AppName();
}
