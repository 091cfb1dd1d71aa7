using System.Collections.Concurrent;
using Microsoft.Playwright;

namespace SreBot.Adapters.Tests.Web;

/// <summary>The console in a browser, and what went wrong there.</summary>
internal sealed class ConsolePage : IAsyncDisposable
{
    private readonly ConcurrentQueue<string> faults = new();

    private ConsolePage(IPage page, Uri address)
    {
        Page = page;
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning")
                faults.Enqueue(message.Text);
        };
        page.PageError += (_, error) => faults.Enqueue(error);
        page.Request += (_, request) =>
        {
            if (!request.Url.StartsWith(address.AbsoluteUri, StringComparison.Ordinal) && !request.Url.StartsWith("data:", StringComparison.Ordinal))
                faults.Enqueue($"asked {request.Url}");
        };
    }

    public IPage Page { get; }

    public static async Task<ConsolePage> OpenAsync(IPage page, Uri address)
    {
        var console = new ConsolePage(page, address);
        await page.GotoAsync(address.AbsoluteUri);
        return console;
    }

    public ILocator Message(string text) => Page.Locator(".message").Filter(new() { HasText = text });

    /// <summary>Types into the field below and sends.</summary>
    public async Task SayAsync(string text)
    {
        await Page.GetByLabel("Message", new() { Exact = true }).FillAsync(text);
        await Page.GetByLabel("Message", new() { Exact = true }).PressAsync("Enter");
    }

    /// <summary>The picture, kept where <c>SREBOT_KEEP_PICTURES</c> says, for the eye.</summary>
    public async Task KeepAsync(string name)
    {
        await Assertions.Expect(Page.Locator(".plot:not(:has(canvas))")).ToHaveCountAsync(0);
        if (Environment.GetEnvironmentVariable("SREBOT_KEEP_PICTURES") is { Length: > 0 } folder)
            await Page.ScreenshotAsync(new() { Path = Path.Combine(folder, name + ".png") });
    }

    public void HasNoFaults() => Assert.Empty(faults);

    public async ValueTask DisposeAsync() => await Page.Context.CloseAsync();
}
