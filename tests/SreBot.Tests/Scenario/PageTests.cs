using Microsoft.Playwright;
using SreBot.Adapters.Tests.Web;

namespace SreBot.Tests.Scenario;

/// <summary>What a new user sees in the browser, from the first question to the alert that fires by itself.</summary>
public sealed class PageTests : IAsyncLifetime
{
    private readonly TempFolder folder = new();
    private readonly Chromium chromium = new();
    private SreBotProcess srebot = null!;

    public async ValueTask InitializeAsync()
    {
        await chromium.InitializeAsync();
        srebot = await SreBotProcess.StartAsync(folder.Path);
    }

    public async ValueTask DisposeAsync()
    {
        await chromium.DisposeAsync();
        await srebot.DisposeAsync();
        folder.Dispose();
    }

    [Fact]
    public async Task A_question_is_answered_with_a_chart_and_an_alert_fires_by_itself()
    {
        await using var console = await chromium.OpenAsync(srebot.Address);
        await Assertions.Expect(console.Message("INC-1 · resolved")).ToBeVisibleAsync();

        await console.Page.GetByRole(AriaRole.Button, new() { Name = "why is INC-1 slow?", Exact = true }).ClickAsync();
        var answer = console.Message("What changed and when").First;
        await Assertions.Expect(answer).ToBeVisibleAsync();
        await Assertions.Expect(answer.Locator("canvas, .plot").First).ToBeVisibleAsync();
        await console.KeepAsync("scenario-answer");

        var alert = console.Message("INC-2 · open").First;
        await Assertions.Expect(alert).ToBeVisibleAsync(new() { Timeout = 120_000 });
        await Assertions.Expect(alert).ToContainTextAsync("error rate");
        await alert.GetByRole(AriaRole.Button, new() { Name = "Acknowledge" }).ClickAsync();
        await Assertions.Expect(console.Message("INC-2 · acknowledged").First).ToBeVisibleAsync();
        await console.KeepAsync("scenario-alert");
        console.HasNoFaults();

        var page = console.Page;
        await page.GotoAsync(new Uri(srebot.Address, await answer.Locator("a[href*='/investigations/']").First.GetAttributeAsync("href") ?? "/").AbsoluteUri);
        await Assertions.Expect(page.Locator("#step-1")).ToBeVisibleAsync();
        var step = page.Locator("section.card").Filter(new() { Has = page.Locator("pre.code", new() { HasText = "SELECT" }) }).First;
        await step.GetByText("Query", new() { Exact = true }).ClickAsync();
        await Assertions.Expect(step.Locator("pre.code")).ToBeVisibleAsync();
        await console.KeepAsync("scenario-investigation");
        console.HasNoFaults();
    }
}
