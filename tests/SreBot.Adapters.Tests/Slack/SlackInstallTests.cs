using System.Net;
using System.Web;
using SreBot.Adapters.Chat;
using SreBot.Adapters.Slack;

namespace SreBot.Adapters.Tests.Slack;

/// <summary>OAuth v2: <c>/slack/install</c> to Slack's page and back.</summary>
public sealed class SlackInstallTests
{
    private static readonly DateTimeOffset Start = DateTimeOffset.FromUnixTimeSeconds(1790000000);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_workspace_installs_the_app_and_is_posted_to_with_its_own_token()
    {
        await using var town = await SlackTown.StartAsync(new ManualTime(Start));

        var (consent, cookie) = await town.BeginAsync();
        var (status, page) = await town.FinishAsync(consent["state"], "code-T2", cookie);

        Assert.Equal(("111.222", "http://127.0.0.1:5080/slack/oauth", string.Join(',', SlackCheck.Needed)), (consent["client_id"], consent["redirect_uri"], consent["scope"]));
        Assert.Equal(200, status);
        Assert.Contains("The bot is in Team T2.", page, StringComparison.Ordinal);
        Assert.IsType<PostOutcome.Posted>(await town.Host.Poster.PostAsync(new("slack", "T2", "C22"), Replies.Answer, "k", Cancel));
        Assert.All(town.Slack.Grants.Uses, use => Assert.Equal("T2", use.Workspace));
    }

    [Fact]
    public async Task An_organization_installs_the_app_as_a_whole()
    {
        await using var town = await SlackTown.StartAsync(new ManualTime(Start));
        await town.InstallAsync("E01");

        await SignedRequest.SendAsync(town.Host, "/slack/events", "application/json", System.Text.Json.JsonSerializer.Serialize(Payloads.Event(Payloads.Mention(), isOrganization: true)), town.Time);
        var turn = await town.Host.Turns.Stored.Reader.ReadAsync(Cancel);

        Assert.Equal("E01", turn.Address.Workspace);
        Assert.IsType<PostOutcome.Posted>(await town.Host.Poster.PostAsync(turn.Address, ChatReply.Of("Hello."), "k", Cancel));
        Assert.Contains(town.Slack.Grants.Uses, use => use is { Workspace: "E01", Method: "chat.postMessage", Channel: "C02" });
    }

    [Fact]
    public async Task A_state_is_good_once()
    {
        await using var town = await SlackTown.StartAsync(new ManualTime(Start));
        var (consent, cookie) = await town.BeginAsync();
        await town.FinishAsync(consent["state"], "code-T2", cookie);

        var (status, page) = await town.FinishAsync(consent["state"], "code-T3", cookie);

        Assert.Equal(400, status);
        Assert.Contains("is done already", page, StringComparison.Ordinal);
        Assert.Equal(["T2"], await town.Kept.ListAsync("slack", Cancel));
    }

    [Fact]
    public async Task A_state_is_good_for_ten_minutes()
    {
        await using var town = await SlackTown.StartAsync(new ManualTime(Start));
        var (consent, cookie) = await town.BeginAsync();

        town.Time.Advance(TimeSpan.FromMinutes(10));

        Assert.Equal(400, (await town.FinishAsync(consent["state"], "code-T2", cookie)).Status);
        Assert.DoesNotContain(town.Slack.Calls, call => call.Method == "oauth.v2.access");
    }

    [Fact]
    public async Task A_state_is_good_in_the_browser_that_began_alone()
    {
        await using var town = await SlackTown.StartAsync(new ManualTime(Start));
        var (consent, _) = await town.BeginAsync();
        var (_, another) = await town.BeginAsync();

        Assert.Equal(400, (await town.FinishAsync(consent["state"], "code-T2", another)).Status);
        Assert.Equal(400, (await town.FinishAsync(consent["state"], "code-T2", null)).Status);
        Assert.Equal(400, (await town.FinishAsync("forged", "code-T2", another)).Status);
        Assert.Equal(400, (await town.FinishAsync(null, "code-T2", another)).Status);
        Assert.DoesNotContain(town.Slack.Calls, call => call.Method == "oauth.v2.access");
    }

    [Fact]
    public async Task A_person_who_cancels_and_a_code_that_Slack_refuses_are_told_so()
    {
        await using var town = await SlackTown.StartAsync(new ManualTime(Start));

        var (first, firstCookie) = await town.BeginAsync();
        var cancelled = await town.GetAsync($"/slack/oauth?error=access_denied&state={HttpUtility.UrlEncode(first["state"])}", firstCookie);
        var (second, secondCookie) = await town.BeginAsync();
        var (status, page) = await town.FinishAsync(second["state"], "spent", secondCookie);

        Assert.Equal(HttpStatusCode.BadRequest, cancelled.StatusCode);
        Assert.Contains("was cancelled", await cancelled.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
        Assert.Equal(502, status);
        Assert.Contains("older than ten minutes", page, StringComparison.Ordinal);
        Assert.Empty(await town.Kept.ListAsync("slack", Cancel));
    }

    [Fact]
    public async Task Without_a_client_nobody_can_install()
    {
        await using var host = await SlackHost.StartAsync("http://127.0.0.1:9/api/");
        using var http = new HttpClient { BaseAddress = host.Address };

        Assert.Equal(HttpStatusCode.NotFound, (await http.GetAsync("/slack/install", Cancel)).StatusCode);
    }

    [Theory]
    [InlineData("Slack:ClientId", "belong together")]
    [InlineData("Slack:ClientSecret", "belong together")]
    [InlineData("Slack:SigningSecret", "Slack:BotToken is missing")]
    public async Task A_setting_that_misses_its_fellow_stops_the_start(string name, string why)
    {
        var error = await Assert.ThrowsAsync<Microsoft.Extensions.Options.OptionsValidationException>(
            () => SlackHost.StartAsync(new() { [name] = "x" }, TimeProvider.System, 0, null, new()));

        Assert.Contains(why, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_check_looks_at_each_workspace()
    {
        await using var town = await SlackTown.StartAsync(new ManualTime(Start));
        Assert.Contains(await town.Host.Check.LookAsync(Cancel), line => line is { State: SetupState.Warning, ToDo: "Open http://127.0.0.1:5080/slack/install in a browser." });
        town.Slack.Scopes = string.Join(',', SlackCheck.Needed);
        await town.InstallAsync("T2");
        await town.InstallAsync("T3");
        town.Slack.Grants.Revoke("T3");

        var lines = await town.Host.Check.LookAsync(Cancel);

        Assert.Contains(lines, line => line is { State: SetupState.Good, Found: "The bot is sre-bot in the workspace Team T2 (T2)." });
        Assert.Contains("install it there at http://127.0.0.1:5080/slack/install", Assert.Single(lines, line => line.State == SetupState.Broken).ToDo, StringComparison.Ordinal);
        Assert.Contains(lines, line => line.State == SetupState.Warning && line.Found.Contains("takes only https", StringComparison.Ordinal));
    }
}
