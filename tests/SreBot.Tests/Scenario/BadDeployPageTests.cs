using System.Text.RegularExpressions;
using Microsoft.Playwright;
using SreBot.Adapters.Tests.Web;

namespace SreBot.Tests.Scenario;

/// <summary>A bad deploy on the page, in a real browser: the alert fires, its message gets diagnosis and chart, is acknowledged, and is edited to resolved once the deploy
/// is rolled back; what was found stays on the incident's page.</summary>
public sealed partial class BadDeployPageTests : IAsyncLifetime
{
    private readonly TempFolder folder = new();
    private readonly Chromium chromium = new();
    private SreBotProcess srebot = null!;

    public async ValueTask InitializeAsync()
    {
        await chromium.InitializeAsync();
        srebot = await SreBotProcess.StartAsync(folder.Path, BadDeployStory.Settings);
    }

    public async ValueTask DisposeAsync()
    {
        await chromium.DisposeAsync();
        await srebot.DisposeAsync();
        folder.Dispose();
    }

    [Fact]
    public async Task A_bad_deploy_is_told_explained_acknowledged_and_resolved_in_one_message()
    {
        var story = new BadDeployStory(srebot);
        await using var console = await chromium.OpenAsync(srebot.Address);
        await console.SayAsync($"alert {BadDeployStory.Rule}");
        await Assertions.Expect(console.Message("Promo fails").Nth(1)).ToBeVisibleAsync();
        await story.BreakAsync();

        var thread = console.Page.Locator(".thread").Filter(new() { HasText = BadDeployStory.Title });
        var alert = thread.Locator(".thread-root .message");
        var patient = new LocatorAssertionsToContainTextOptions { Timeout = 120_000 };
        await Assertions.Expect(alert).ToContainTextAsync(Open(), patient);
        var id = await alert.GetAttributeAsync("data-id");
        await Assertions.Expect(alert).ToContainTextAsync("First diagnosis");
        await Assertions.Expect(alert).ToContainTextAsync("v2");
        await thread.Locator(".fold").ClickAsync();
        await Assertions.Expect(thread.Locator(".thread-replies .message").Filter(new() { HasText = "First diagnosis" }).Locator("canvas").First).ToBeVisibleAsync();
        await console.KeepAsync("bad-deploy-diagnosed");

        await alert.GetByRole(AriaRole.Button, new() { Name = "Acknowledge" }).ClickAsync();
        await Assertions.Expect(alert).ToContainTextAsync("· acknowledged ·");
        await story.RollBackAsync();

        await Assertions.Expect(alert).ToContainTextAsync("· resolved ·", patient);
        await Assertions.Expect(alert).ToContainTextAsync("Kept: ");
        Assert.Equal(id, await alert.GetAttributeAsync("data-id"));
        await console.KeepAsync("bad-deploy-resolved");
        console.HasNoFaults();
        await KeptAsync(console, Number().Match(await alert.InnerTextAsync()).Value);
    }

    private async Task KeptAsync(ConsolePage console, string number)
    {
        var page = console.Page;
        await page.GotoAsync(new Uri(srebot.Address, $"/incidents/{number["INC-".Length..]}").AbsoluteUri);
        await Assertions.Expect(page.Locator("h1")).ToContainTextAsync($"{number}: error rate");
        await Assertions.Expect(page.GetByRole(AriaRole.Table)).ToContainTextAsync("kept the investigation");
        await console.KeepAsync("bad-deploy-incident");
        var download = await page.RunAndWaitForDownloadAsync(() => page.GetByRole(AriaRole.Link, new() { Name = "notebook" }).ClickAsync());
        Assert.Equal($"{number}.ipynb", download.SuggestedFilename);
        await Assertions.Expect(page.GetByRole(AriaRole.Link, new() { Name = "How this was found" })).ToBeVisibleAsync();
        console.HasNoFaults();
    }

    [GeneratedRegex(@"INC-\d+ · open · critical")]
    private static partial Regex Open();

    [GeneratedRegex(@"INC-\d+")]
    private static partial Regex Number();
}
