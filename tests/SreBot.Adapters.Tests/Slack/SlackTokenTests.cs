using System.Text.Json.Nodes;
using System.Text.Json;
using SreBot.Adapters.Chat;

namespace SreBot.Adapters.Tests.Slack;

/// <summary>Whose token is used where, how it is renewed, and when it is dropped.</summary>
public sealed class SlackTokenTests
{
    private const string Reinstall = "install it there at http://127.0.0.1:5080/slack/install";
    private static readonly DateTimeOffset Start = DateTimeOffset.FromUnixTimeSeconds(1790000000);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Two_workspaces_at_once_are_answered_each_with_its_own_token(bool onSocket)
    {
        await using var town = await SlackTown.StartAsync(new ManualTime(Start), onSocket: onSocket);
        await town.InstallAsync("T2");
        await town.InstallAsync("T3");
        var socket = onSocket ? await town.Slack.Sockets.Reader.ReadAsync(Cancel) : null;
        if (socket is not null)
            await socket.GreetAsync();

        for (var number = 0; number < 20; number++)
        {
            var click = Click(number % 2 == 0 ? "T2" : "T3", number % 2 == 0 ? "C22" : "C33", number);
            if (socket is null)
                Assert.Equal(200, (await SignedRequest.ClickAsync(town.Host, click, town.Time)).Status);
            else
                await socket.SendEnvelopeAsync($"e{number}", "interactive", click);
        }
        await SlackEventsEndpointTests.WaitForAsync(() => town.Slack.Posts.Count == 20);

        Assert.Equal(["T2 C22", "T3 C33"], town.Slack.Grants.Uses.Select(use => $"{use.Workspace} {use.Channel}").Distinct().Order());
        socket?.Ended.SetResult();
    }

    [Fact]
    public async Task A_workspace_that_did_not_install_the_app_is_told_where_to_and_no_token_is_tried()
    {
        await using var town = await SlackTown.StartAsync(new ManualTime(Start));
        await town.InstallAsync("T2");

        Assert.Contains(Reinstall, (await GivenUpAsync(town, "T9")).Why, StringComparison.Ordinal);

        Assert.Empty(town.Slack.Grants.Uses);
    }

    [Fact]
    public async Task A_token_in_the_settings_serves_its_own_workspace_beside_the_others()
    {
        await using var town = await SlackTown.StartAsync(new ManualTime(Start), botToken: StrictSlack.BotToken);
        await town.InstallAsync("T2");

        Assert.IsType<PostOutcome.Posted>(await PostAsync(town, "T01TEST"));
        Assert.IsType<PostOutcome.Posted>(await PostAsync(town, "T2"));
        await GivenUpAsync(town, "T9");

        Assert.Equal("T2", Assert.Single(town.Slack.Grants.Uses).Workspace);
        Assert.Equal(2, town.Slack.Posts.Count);
    }

    [Fact]
    public async Task A_token_is_renewed_once_before_its_end_however_many_replicas_need_it()
    {
        await using var town = await RotatingAsync(replicas: 2);
        town.Time.Advance(TimeSpan.FromHours(9.9));
        await PostAsync(town, "T2");
        Assert.Equal(0, town.Slack.Grants.Refreshes);

        town.Time.Advance(TimeSpan.FromHours(0.2));
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 20).Select(number => PostAsync(town, "T2", replica: number % 2)));

        Assert.All(outcomes, outcome => Assert.IsType<PostOutcome.Posted>(outcome));
        Assert.Equal(1, town.Slack.Grants.Refreshes); // a second one would be a violation too
        town.Time.Advance(TimeSpan.FromHours(10.1));
        await PostAsync(town, "T2");
        Assert.Equal(2, town.Slack.Grants.Refreshes);
    }

    [Fact]
    public async Task While_Slack_does_not_renew_the_old_token_serves_to_its_end_and_then_posts_wait()
    {
        await using var town = await RotatingAsync();
        town.Slack.Break("oauth.v2.access", [.. Enumerable.Repeat(new Fault.Status(500), 200)]);

        town.Time.Advance(TimeSpan.FromHours(11));
        Assert.IsType<PostOutcome.Posted>(await PostAsync(town, "T2"));

        town.Time.Advance(TimeSpan.FromHours(1.1));
        Assert.False(Assert.IsType<PostOutcome.TryAgain>(await PostAsync(town, "T2")).IsUncertain);
    }

    [Fact]
    public async Task A_refresh_token_that_is_dead_asks_for_a_new_installation_when_the_token_ends()
    {
        await using var town = await RotatingAsync();
        town.Slack.Break("oauth.v2.access", [.. Enumerable.Repeat(new Fault.Error("invalid_refresh_token"), 200)]);

        town.Time.Advance(TimeSpan.FromHours(12.1));

        Assert.Contains($"(invalid_refresh_token): {Reinstall}", (await GivenUpAsync(town, "T2")).Why, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("app_uninstalled", false)]
    [InlineData("tokens_revoked", false)]
    [InlineData("app_uninstalled", true)]
    public async Task A_workspace_that_removes_the_app_loses_its_token_and_the_others_keep_theirs(string word, bool onSocket)
    {
        await using var town = await SlackTown.StartAsync(new ManualTime(Start), onSocket: onSocket);
        var socket = onSocket ? await town.Slack.Sockets.Reader.ReadAsync(Cancel) : null;
        if (socket is not null)
            await GreetAsync(town, socket);
        await town.InstallAsync("T2");
        await town.InstallAsync("T3");
        town.Time.Advance(TimeSpan.FromMinutes(1));

        if (socket is not null)
        {
            await socket.SendEnvelopeAsync("e1", "events_api", Gone("T2", word, town.Time));
            Assert.Equal("e1", await socket.ReceiveAsync());
            socket.Ended.SetResult();
        }
        else
        {
            await SendAsync(town, Gone("T2", word, town.Time));
        }

        Assert.Contains(Reinstall, (await GivenUpAsync(town, "T2")).Why, StringComparison.Ordinal);
        Assert.IsType<PostOutcome.Posted>(await PostAsync(town, "T3"));
        Assert.All(town.Slack.Grants.Uses, use => Assert.Equal("T3", use.Workspace));
    }

    [Fact]
    public async Task An_event_that_is_older_than_the_installation_removes_nothing()
    {
        await using var town = await SlackTown.StartAsync(new ManualTime(Start));
        var late = Gone("T2", "app_uninstalled", town.Time);
        town.Time.Advance(TimeSpan.FromMinutes(1));
        await town.InstallAsync("T2");

        await SendAsync(town, late);
        await SendAsync(town, Gone("T2", "tokens_revoked", town.Time, bots: [])); // a person's token, not the bot's

        Assert.IsType<PostOutcome.Posted>(await PostAsync(town, "T2"));
    }

    [Fact]
    public async Task A_token_that_Slack_calls_revoked_is_dropped_and_not_tried_again()
    {
        await using var town = await SlackTown.StartAsync(new ManualTime(Start));
        await town.InstallAsync("T2");
        town.Slack.Grants.Revoke("T2");

        Assert.Contains($"(token_revoked): {Reinstall}", (await GivenUpAsync(town, "T2")).Why, StringComparison.Ordinal);
        await GivenUpAsync(town, "T2");

        Assert.Single(town.Slack.Grants.Uses);
        Assert.Empty(await town.Kept.ListAsync("slack", Cancel));
        await town.InstallAsync("T2");
        Assert.IsType<PostOutcome.Posted>(await PostAsync(town, "T2"));
    }

    [Fact]
    public async Task A_post_whose_token_was_replaced_under_way_is_tried_again_and_the_new_token_stays()
    {
        await using var town = await SlackTown.StartAsync(new ManualTime(Start));
        await town.InstallAsync("T2");
        town.Slack.Grants.Revoke("T2");
        town.Kept.AfterFind = () => town.InstallAsync("T2");

        var first = await PostAsync(town, "T2");

        Assert.False(Assert.IsType<PostOutcome.TryAgain>(first).IsUncertain);
        Assert.IsType<PostOutcome.Posted>(await PostAsync(town, "T2"));
    }

    private static async Task GreetAsync(SlackTown town, StrictSocket socket)
    {
        await socket.GreetAsync();
        await SlackEventsEndpointTests.WaitForAsync(() => town.Host.Check.LookAsync(Cancel).Result.Any(line => line.Found == "The socket to Slack stands."));
    }

    private static async Task<SlackTown> RotatingAsync(int replicas = 1)
    {
        var town = await SlackTown.StartAsync(new ManualTime(Start), replicas);
        town.Slack.Grants.ExpiresIn = 12 * 60 * 60;
        await town.InstallAsync("T2");
        return town;
    }

    private static Task<PostOutcome> PostAsync(SlackTown town, string workspace, int replica = 0) =>
        town.Hosts[replica].Poster.PostAsync(new("slack", workspace, "C02"), ChatReply.Of("Hello."), Guid.NewGuid().ToString(), Cancel);

    private static async Task<PostOutcome.GaveUp> GivenUpAsync(SlackTown town, string workspace) => Assert.IsType<PostOutcome.GaveUp>(await PostAsync(town, workspace));

    private static async Task SendAsync(SlackTown town, object payload) =>
        Assert.Equal(200, (await SignedRequest.SendAsync(town.Host, "/slack/events", "application/json", JsonSerializer.Serialize(payload), town.Time)).Status);

    private static JsonNode Click(string workspace, string channel, int number)
    {
        var click = JsonSerializer.SerializeToNode(Payloads.Click())!;
        click["team"]!["id"] = workspace;
        click["channel"]!["id"] = channel;
        click["container"]!["channel_id"] = channel;
        click["trigger_id"] = $"9.8.{number}";
        return click;
    }

    /// <summary>Slack names no authorization any more: it went with the token.</summary>
    private static object Gone(string workspace, string word, TimeProvider time, string[]? bots = null) => new
    {
        token = "verification-token",
        team_id = workspace,
        api_app_id = "A01",
        type = "event_callback",
        event_id = $"Ev{word}",
        event_time = time.GetUtcNow().ToUnixTimeSeconds(),
        @event = word == "app_uninstalled" ? (object)new { type = word } : new { type = word, tokens = new { oauth = new[] { "U1" }, bot = bots ?? ["U0BOT"] } },
    };
}
