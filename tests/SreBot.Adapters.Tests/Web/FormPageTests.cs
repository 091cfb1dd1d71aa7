using Microsoft.Playwright;
using SreBot.Adapters.Chat;
using SreBot.Adapters.Tests.Slack;
using static Microsoft.Playwright.Assertions;

namespace SreBot.Adapters.Tests.Web;

/// <summary>A form on the page, filled in by a person in a real browser.</summary>
public sealed class FormPageTests(Chromium chromium) : IClassFixture<Chromium>
{
    private static readonly ChatAddress Channel = new("web", "demo", "incidents");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Mistakes_stand_beside_their_fields_until_the_form_is_taken()
    {
        await using var host = await ConsoleHost.StartAsync();
        var sent = new List<ChatAction>();
        host.Turns.Answer = turn =>
        {
            sent.Add(turn.Action!);
            return Task.FromResult(sent.Count > 1 ? ChatReply.Of("Ordered.") : ChatReply.Of("No.") with { Mistakes = new Dictionary<string, string> { ["count"] = "At most 2.", [""] = "The kitchen closes soon." } });
        };
        await host.Poster.PostAsync(Channel, Forms.Reply, "form", Cancel);
        await using var console = await chromium.OpenAsync(host.Address);
        var form = console.Page.GetByRole(AriaRole.Form, new() { Name = "New order" });
        await Expect(form.GetByLabel("What to eat")).ToHaveValueAsync("soup");

        await form.GetByLabel("What to eat").SelectOptionAsync("pie");
        await form.GetByLabel("How many").FillAsync(" 3 ");
        await form.GetByLabel("bread").UncheckAsync();
        await form.GetByRole(AriaRole.Button, new() { Name = "Send it" }).ClickAsync();

        await Expect(form.Locator(".field").Nth(1).Locator(".failed")).ToHaveTextAsync("At most 2.");
        await Expect(form.Locator(".field").Nth(0).Locator(".failed")).ToHaveTextAsync("The kitchen closes soon.");
        await console.KeepAsync("form-mistakes");
        await form.GetByLabel("How many").FillAsync("2");
        await form.GetByLabel("Note (optional)").FillAsync("<b>soon</b>");
        await form.GetByRole(AriaRole.Button, new() { Name = "Send it" }).ClickAsync();

        await Expect(console.Message("Ordered.").Locator(".only-you")).ToBeVisibleAsync();
        await Expect(form.Locator(".failed:visible")).ToHaveCountAsync(0);
        await console.KeepAsync("form-taken");
        Assert.Equal((Forms.Verb, "table 7"), (sent[1].Verb, sent[1].Value));
        Assert.Equal(["3"], sent[0].Fields!["count"]);
        Assert.Equal(["pie"], sent[1].Fields!["dish"]);
        Assert.Equal(["2"], sent[1].Fields!["count"]);
        Assert.Equal(["salt, sea"], sent[1].Fields!["extras"]);
        Assert.Equal(["<b>soon</b>"], sent[1].Fields!["note"]);
        console.HasNoFaults();
    }
}
