using System.Text;
using System.Text.Json;
using SreBot.Adapters.Chat;
using SreBot.Adapters.Slack;

namespace SreBot.Adapters.Tests.Slack;

public sealed class SlackEventsEndpointTests
{
    private static readonly DateTimeOffset Start = DateTimeOffset.FromUnixTimeSeconds(1790000000);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_mention_is_stored_and_acknowledged_with_nothing()
    {
        await using var host = await SlackHost.StartAsync("http://127.0.0.1:9/api/");

        var answer = await SignedRequest.EventAsync(host, Payloads.Mention("<@U0BOT> why?"));

        Assert.Equal((200, ""), answer);
        Assert.Equal("why?", (await host.Turns.Stored.Reader.ReadAsync(Cancel)).Text);
    }

    [Fact]
    public async Task A_mention_that_comes_as_two_events_and_is_repeated_is_one_turn()
    {
        await using var host = await SlackHost.StartAsync("http://127.0.0.1:9/api/");

        await SignedRequest.EventAsync(host, Payloads.Mention(type: "message"), eventId: "Ev1");
        await SignedRequest.EventAsync(host, Payloads.Mention(), eventId: "Ev2");
        await SignedRequest.EventAsync(host, Payloads.Mention(), eventId: "Ev2");

        Assert.Equal((3, 1), (host.Turns.Deliveries, host.Turns.Stored.Reader.Count));
    }

    [Theory]
    [InlineData("/slack/events")]
    [InlineData("/slack/commands")]
    [InlineData("/slack/interactivity")]
    public async Task Every_path_takes_every_kind(string path)
    {
        await using var slack = await StrictSlack.StartAsync();
        await using var host = await SlackHost.StartAsync(slack.ApiBase);

        Assert.Equal(200, (await SignedRequest.CommandAsync(host, Payloads.Command(), path: path)).Status);
        Assert.Equal(200, (await SignedRequest.ClickAsync(host, Payloads.Click(), path: path)).Status);

        Assert.Equal("sre-alert", (await host.Turns.Stored.Reader.ReadAsync(Cancel)).Command);
        Assert.Equal("ack", (await host.Turns.Clicked.Reader.ReadAsync(Cancel)).Action!.Verb);
    }

    [Fact]
    public async Task The_address_is_confirmed_to_Slack()
    {
        await using var host = await SlackHost.StartAsync("http://127.0.0.1:9/api/");

        var answer = await SignedRequest.SendAsync(host, "/slack/events", "application/json", """{"type":"url_verification","challenge":"abc"}""");

        Assert.Equal((200, "abc"), answer);
    }

    [Fact]
    public async Task The_certificate_check_is_answered_and_starts_nothing()
    {
        await using var host = await SlackHost.StartAsync("http://127.0.0.1:9/api/");

        var answer = await RawHttp.PostAsync(host.Address, "/slack/commands", SignedRequest.Form, [], "ssl_check=1&token=x&command=%2Fsre"u8.ToArray());

        Assert.Equal((200, 0), (answer.Status, host.Turns.Deliveries));
    }

    [Fact]
    public async Task Dropped_events_are_acknowledged()
    {
        await using var host = await SlackHost.StartAsync("http://127.0.0.1:9/api/");

        var answer = await SignedRequest.SendAsync(host, "/slack/events", "application/json", """{"type":"app_rate_limited","team_id":"T01","minute_rate_limited":1790000000}""");

        Assert.Equal((200, 0), (answer.Status, host.Turns.Deliveries));
    }

    [Theory]
    [InlineData("application/json", "{nope", 400)]
    [InlineData("application/json", "", 400)]
    [InlineData("application/x-www-form-urlencoded", "payload=%7Bnope", 400)]
    [InlineData("application/x-www-form-urlencoded", "payload=%7B%7D&payload=%7B%7D", 400)]
    [InlineData("application/x-www-form-urlencoded", "a=b", 400)]
    [InlineData("application/json", "7", 200)]
    public async Task A_signed_body_that_cannot_be_read_is_refused_for_good(string contentType, string body, int status)
    {
        await using var host = await SlackHost.StartAsync("http://127.0.0.1:9/api/");

        Assert.Equal(status, (await SignedRequest.SendAsync(host, "/slack/events", contentType, body)).Status);
    }

    [Fact]
    public async Task Unsigned_and_oversized_requests_never_reach_the_handler()
    {
        await using var host = await SlackHost.StartAsync("http://127.0.0.1:9/api/");
        var mention = JsonSerializer.SerializeToUtf8Bytes(Payloads.Event(Payloads.Mention()));
        var padded = JsonSerializer.Serialize(Payloads.Event(Payloads.Mention(new string('x', 4 * 1024 * 1024))));

        Assert.Equal(401, (await RawHttp.PostAsync(host.Address, "/slack/events", "application/json", [], mention)).Status);
        Assert.Equal(413, (await SignedRequest.SendAsync(host, "/slack/events", "application/json", padded)).Status);
        Assert.Equal(0, host.Turns.Deliveries);
    }

    [Fact]
    public async Task A_store_that_hangs_is_answered_in_time_so_that_Slack_comes_again()
    {
        var time = new ManualTime(Start);
        var storing = new TaskCompletionSource();
        var turns = new RecordingTurns { BeforeStoring = (_, _) => { storing.SetResult(); return new TaskCompletionSource().Task; } };
        await using var host = await SlackHost.StartAsync("http://127.0.0.1:9/api/", time, turns: turns);

        var answering = SignedRequest.EventAsync(host, Payloads.Mention(), time);
        await storing.Task.WaitAsync(Cancel);
        time.Advance(TimeSpan.FromSeconds(2));

        Assert.Equal(503, (await answering).Status);
    }

    [Fact]
    public async Task A_command_that_cannot_be_stored_tells_the_person()
    {
        var turns = new RecordingTurns { BeforeStoring = (_, _) => throw new InvalidOperationException("the store is away") };
        await using var host = await SlackHost.StartAsync("http://127.0.0.1:9/api/", turns: turns);

        var answer = await SignedRequest.CommandAsync(host, Payloads.Command());

        Assert.Equal(200, answer.Status);
        Assert.Contains("try again", answer.Body);
    }

    [Theory]
    [InlineData("1789999999.000001", "1789999999.000001")]
    [InlineData(Payloads.Ts, Payloads.Ts)]
    [InlineData(null, null)]
    public async Task A_click_is_answered_to_the_person_alone_in_the_thread_if_there_is_one(string? thread, string? shownIn)
    {
        await using var slack = await StrictSlack.StartAsync();
        await using var host = await SlackHost.StartAsync(slack.ApiBase);

        var answer = await SignedRequest.ClickAsync(host, Payloads.Click("ack:0", "INC-42", thread));
        await WaitForAsync(() => slack.Posts.Count == 1);

        Assert.Equal((200, ""), answer);
        Assert.Equal(("U1", shownIn, "Done: ack INC-42"), (slack.Posts[0].OnlyFor, slack.Posts[0].Thread, slack.Posts[0].Text));
    }

    [Fact]
    public async Task A_click_that_cannot_be_answered_in_place_is_answered_at_its_response_address()
    {
        await using var slack = await StrictSlack.StartAsync();
        await using var host = await SlackHost.StartAsync(slack.ApiBase);
        slack.Break("chat.postEphemeral", new Fault.Error("restricted_action"));

        await SignedRequest.ClickAsync(host, Payloads.Click(responseUrl: $"{slack.Address}response"));
        await WaitForAsync(() => slack.Responses.Count == 1);

        Assert.Equal("ephemeral", slack.Responses.Single().GetProperty("response_type").GetString());
        Assert.False(slack.Responses.Single().GetProperty("replace_original").GetBoolean());
    }

    [Fact]
    public async Task Without_settings_there_is_no_Slack()
    {
        await using var host = await SlackHost.StartAsync([], TimeProvider.System, 0, null, new());

        Assert.Equal(404, (await SignedRequest.EventAsync(host, Payloads.Mention())).Status);
    }

    [Theory]
    [InlineData("", "xapp-1", "secret", "https://slack.com/api/", "Slack:BotToken is missing")]
    [InlineData("xoxb-1", "", "", "https://slack.com/api/", "Slack cannot be heard")]
    [InlineData("xoxp-1", "", "secret", "https://slack.com/api/", "must start with xoxb-")]
    [InlineData("xoxb-1", "xoxb-1", "", "https://slack.com/api/", "must start with xapp-")]
    [InlineData("xoxb-1", "", "secret", "slack", "Slack:ApiBase is not an address")]
    [InlineData("xoxb-1", "", "secret", "http://slack.example.com/api/", "clear text")]
    [InlineData("xoxb-1", "xapp-1", "secret", "https://slack.com/api", null)]
    [InlineData("", "", "", "https://slack.com/api/", null)]
    public void A_mistake_in_the_settings_is_one_sentence(string botToken, string appToken, string secret, string apiBase, string? sentence)
    {
        var result = new SlackOptionsCheck().Validate(null, new() { BotToken = botToken, AppToken = appToken, SigningSecret = secret, ApiBase = apiBase });

        Assert.Equal(sentence is null, result.Succeeded);
        Assert.Contains(sentence ?? "", result.Failures is null ? "" : Assert.Single(result.Failures));
    }

    /// <summary>Waits for a condition that another thread makes true; the time is only the failure's bound.</summary>
    internal static async Task WaitForAsync(Func<bool> condition)
    {
        using var bound = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        bound.CancelAfter(TimeSpan.FromSeconds(60));
        while (!condition())
            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, bound.Token);
    }
}
