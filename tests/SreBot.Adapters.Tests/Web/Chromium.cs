using Microsoft.Playwright;

namespace SreBot.Adapters.Tests.Web;

/// <summary>One real browser for all tests of the page; where none is installed, they are skipped and say so.</summary>
public sealed class Chromium : IAsyncLifetime
{
    private static readonly string? Program = new[] { Environment.GetEnvironmentVariable("SREBOT_CHROMIUM"), "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome" }.FirstOrDefault(File.Exists);
    private IPlaywright? playwright;
    private IBrowser? browser;

    public async ValueTask InitializeAsync()
    {
        if (Program is null)
            return;
        Assertions.SetDefaultExpectTimeout(30_000); // a bound for failures; a condition that holds is seen at once
        playwright = await Playwright.CreateAsync();
        browser = await playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = Program,
            Args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
        });
    }

    /// <summary>A page with a profile of its own, which fails the test when it logs an error, runs into its content policy or asks another host.</summary>
    internal async Task<ConsolePage> OpenAsync(Uri address, int width = 1280, int height = 860, ColorScheme scheme = ColorScheme.Light)
    {
        Assert.SkipWhen(browser is null, "No Chromium here; SREBOT_CHROMIUM names one.");
        var context = await browser!.NewContextAsync(new()
        {
            ViewportSize = new() { Width = width, Height = height },
            ColorScheme = scheme,
            DeviceScaleFactor = 2,
            HasTouch = width < 500,
            TimezoneId = "UTC",
            Locale = "en-GB",
        });
        context.SetDefaultTimeout(30_000);
        return await ConsolePage.OpenAsync(await context.NewPageAsync(), address);
    }

    public async ValueTask DisposeAsync()
    {
        if (browser is not null)
            await browser.DisposeAsync();
        playwright?.Dispose();
    }
}
