using SreBot.Adapters.Chat;
using SreBot.Adapters.Slack;

namespace SreBot.Adapters.Tests.Slack;

public sealed class SlackSocketLoopTests
{
    private static readonly DateTimeOffset Start = DateTimeOffset.FromUnixTimeSeconds(1790000000);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Events_commands_and_clicks_are_handed_on_and_acknowledged()
    {
        await using var slack = await StrictSlack.StartAsync();
        await using var host = await SlackHost.StartAsync(slack.ApiBase, onSocket: true, onHttp: false);
        var socket = await OpenedAsync(slack);

        await socket.SendEnvelopeAsync("e1", "events_api", Payloads.Event(Payloads.Mention("<@U0BOT> why?")));
        Assert.Equal("e1", await socket.ReceiveAsync());
        await socket.SendEnvelopeAsync("e2", "slash_commands", Payloads.Command());
        Assert.Equal("e2", await socket.ReceiveAsync());
        await socket.SendEnvelopeAsync("e3", "interactive", Payloads.Click());
        Assert.Equal("e3", await socket.ReceiveAsync());

        Assert.Equal("why?", (await host.Turns.Stored.Reader.ReadAsync(Cancel)).Text);
        Assert.Equal("sre-alert", (await host.Turns.Stored.Reader.ReadAsync(Cancel)).Command);
        Assert.Equal("ack", (await host.Turns.Clicked.Reader.ReadAsync(Cancel)).Action!.Verb);
        await SlackEventsEndpointTests.WaitForAsync(() => slack.Posts.Count == 1);
        socket.Ended.SetResult();
    }

    [Fact]
    public async Task A_slow_envelope_does_not_hold_up_the_next()
    {
        var release = new TaskCompletionSource();
        var turns = new RecordingTurns { BeforeStoring = (turn, _) => turn.Text == "slow" ? release.Task : Task.CompletedTask };
        await using var slack = await StrictSlack.StartAsync();
        await using var host = await SlackHost.StartAsync(slack.ApiBase, new ManualTime(Start), onSocket: true, onHttp: false, turns: turns);
        var socket = await OpenedAsync(slack);

        await socket.SendEnvelopeAsync("slow", "events_api", Payloads.Event(Payloads.Mention("<@U0BOT> slow")));
        await socket.SendEnvelopeAsync("fast", "events_api", Payloads.Event(Payloads.Mention("<@U0BOT> fast", ts: "1790000001.000100")));

        Assert.Equal("fast", await socket.ReceiveAsync());
        release.SetResult();
        Assert.Equal("slow", await socket.ReceiveAsync());
        socket.Ended.SetResult();
    }

    [Fact]
    public async Task What_was_not_stored_is_not_acknowledged()
    {
        var turns = new RecordingTurns { BeforeStoring = (turn, _) => turn.Text == "bad" ? throw new InvalidOperationException("the store is away") : Task.CompletedTask };
        await using var slack = await StrictSlack.StartAsync();
        await using var host = await SlackHost.StartAsync(slack.ApiBase, onSocket: true, onHttp: false, turns: turns);
        var socket = await OpenedAsync(slack);

        await socket.SendEnvelopeAsync("bad", "events_api", Payloads.Event(Payloads.Mention("<@U0BOT> bad")));
        await socket.SendEnvelopeAsync("good", "events_api", Payloads.Event(Payloads.Mention("<@U0BOT> good", ts: "1790000001.000100")));

        Assert.Equal("good", await socket.ReceiveAsync());
        socket.Ended.SetResult();
    }

    [Theory]
    [InlineData("warning")]
    [InlineData("refresh_requested")]
    public async Task A_connection_is_replaced_without_a_gap(string reason)
    {
        await using var slack = await StrictSlack.StartAsync();
        await using var host = await SlackHost.StartAsync(slack.ApiBase, new ManualTime(Start), onSocket: true, onHttp: false);
        var old = await OpenedAsync(slack);

        await old.DisconnectAsync(reason);
        var next = await slack.Sockets.Reader.ReadAsync(Cancel);
        await old.SendEnvelopeAsync("e1", "events_api", Payloads.Event(Payloads.Mention())); // the new one is not greeted yet
        Assert.Equal("e1", await old.ReceiveAsync());
        await next.GreetAsync();
        Assert.Null(await old.ReceiveAsync());
        await old.CloseAsync();
        await next.SendEnvelopeAsync("e2", "events_api", Payloads.Event(Payloads.Mention(ts: "1790000001.000100")));

        Assert.Equal("e2", await next.ReceiveAsync());
        next.Ended.SetResult();
    }

    [Theory]
    [InlineData("link_disabled", "Socket Mode was switched off")]
    [InlineData("too_many_websockets", "more than ten connections")]
    public async Task A_connection_that_Slack_takes_away_is_told_and_tried_again_after_a_wait(string reason, string trouble)
    {
        var time = new ManualTime(Start);
        await using var slack = await StrictSlack.StartAsync();
        await using var host = await SlackHost.StartAsync(slack.ApiBase, time, onSocket: true, onHttp: false);
        var first = await OpenedAsync(slack);

        await first.DisconnectAsync(reason);
        await SlackEventsEndpointTests.WaitForAsync(() => host.Check.LookAsync(Cancel).Result.Any(line => line.ToDo?.Contains(trouble, StringComparison.Ordinal) == true));
        var second = await NextAsync(slack, time);
        await first.SendEnvelopeAsync("e1", "events_api", Payloads.Event(Payloads.Mention())); // what still comes by the old one is taken
        Assert.Equal("e1", await first.ReceiveAsync());
        await second.GreetAsync();

        await second.SendEnvelopeAsync("e2", "events_api", Payloads.Event(Payloads.Mention(ts: "1790000001.000100")));
        Assert.Equal("e2", await second.ReceiveAsync());
        first.Ended.SetResult();
        second.Ended.SetResult();
    }

    [Fact]
    public async Task A_Slack_that_asks_for_new_connections_without_end_is_given_them_more_and_more_slowly()
    {
        var time = new ManualTime(Start);
        await using var slack = await StrictSlack.StartAsync();
        await using var host = await SlackHost.StartAsync(slack.ApiBase, time, onSocket: true, onHttp: false);
        var first = await OpenedAsync(slack);

        await first.DisconnectAsync("refresh_requested");
        var second = await OpenedAsync(slack); // at once
        await second.DisconnectAsync("refresh_requested");
        await SlackEventsEndpointTests.WaitForAsync(() => time.Waits.Any(wait => wait.TotalSeconds is >= 2 and <= 2.5));
        Assert.Equal(2, slack.Calls.Count(call => call.Method == "apps.connections.open"));
        var third = await NextAsync(slack, time);

        await third.GreetAsync();
        await third.SendEnvelopeAsync("e1", "events_api", Payloads.Event(Payloads.Mention()));
        Assert.Equal("e1", await third.ReceiveAsync());
        foreach (var socket in (StrictSocket[])[first, second, third])
            socket.Ended.TrySetResult();
    }

    [Fact]
    public async Task A_connection_that_ends_is_opened_again_after_a_wait()
    {
        var time = new ManualTime(Start);
        await using var slack = await StrictSlack.StartAsync();
        await using var host = await SlackHost.StartAsync(slack.ApiBase, time, onSocket: true, onHttp: false);
        var first = await OpenedAsync(slack);

        await first.CloseAsync();

        var second = await NextAsync(slack, time);
        await second.GreetAsync();
        await second.SendEnvelopeAsync("e1", "events_api", Payloads.Event(Payloads.Mention()));
        Assert.Equal("e1", await second.ReceiveAsync());
        second.Ended.SetResult();
    }

    [Fact]
    public async Task A_refused_or_failing_start_is_tried_again()
    {
        var time = new ManualTime(Start);
        await using var slack = await StrictSlack.StartAsync();
        slack.Break("apps.connections.open", new Fault.Error("invalid_auth"), new Fault.Status(500), new Fault.Rate(1));
        await using var host = await SlackHost.StartAsync(slack.ApiBase, time, onSocket: true, onHttp: false);

        var socket = await NextAsync(slack, time);
        await socket.GreetAsync();

        await socket.SendEnvelopeAsync("e1", "events_api", Payloads.Event(Payloads.Mention()));
        Assert.Equal("e1", await socket.ReceiveAsync());
        Assert.Equal(4, slack.Calls.Count(call => call.Method == "apps.connections.open"));
        socket.Ended.SetResult();
    }

    [Fact]
    public async Task A_connection_that_is_never_greeted_is_given_up()
    {
        var time = new ManualTime(Start);
        await using var slack = await StrictSlack.StartAsync();
        await using var host = await SlackHost.StartAsync(slack.ApiBase, time, onSocket: true, onHttp: false);
        var silent = await slack.Sockets.Reader.ReadAsync(Cancel);

        var second = await NextAsync(slack, time);

        await second.GreetAsync();
        await second.SendEnvelopeAsync("e1", "events_api", Payloads.Event(Payloads.Mention()));
        Assert.Equal("e1", await second.ReceiveAsync());
        silent.Ended.SetResult();
        second.Ended.SetResult();
    }

    [Fact]
    public async Task A_connection_whose_other_end_is_silent_is_dead()
    {
        var timing = new SlackSocketTiming(TimeSpan.FromMilliseconds(100), TimeSpan.FromMilliseconds(300));
        await using var slack = await StrictSlack.StartAsync();
        await using var host = await SlackHost.StartAsync(slack.ApiBase, onSocket: true, onHttp: false, timing: timing);
        var silent = await OpenedAsync(slack); // nobody reads at the other end, so no ping is answered

        var second = await slack.Sockets.Reader.ReadAsync(Cancel);

        silent.Ended.SetResult();
        second.Ended.SetResult();
    }

    private static async Task<StrictSocket> OpenedAsync(StrictSlack slack)
    {
        var socket = await slack.Sockets.Reader.ReadAsync(Cancel);
        await socket.GreetAsync();
        return socket;
    }

    /// <summary>The next connection, with the clock going until it is there.</summary>
    private static async Task<StrictSocket> NextAsync(StrictSlack slack, ManualTime time)
    {
        StrictSocket? socket = null;
        await SlackEventsEndpointTests.WaitForAsync(() =>
        {
            if (slack.Sockets.Reader.TryRead(out socket))
                return true;
            time.Advance(TimeSpan.FromSeconds(1));
            return false;
        });
        return socket!;
    }
}
