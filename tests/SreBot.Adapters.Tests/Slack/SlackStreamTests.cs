using SreBot.Adapters.Chat;

namespace SreBot.Adapters.Tests.Slack;

public sealed class SlackStreamTests
{
    private const string Asked = "1789999999.000001";

    private static readonly ChatTurn Turn = new()
    {
        EventId = "D01:1",
        Kind = ChatTurnKind.Message,
        Address = new("slack", "T01", "D01", Asked),
        User = new("slack", "T01", "U1"),
        Text = "why?",
        IsDirect = true,
        At = DateTimeOffset.UnixEpoch,
    };

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Steps_are_added_one_by_one_and_the_answer_ends_the_message()
    {
        await using var slack = await StrictSlack.StartAsync();
        await using var host = await SlackHost.StartAsync(slack.ApiBase);
        var stream = host.Poster.OpenStream(Turn)!;

        var steps = Task.WhenAll(stream.ShowAsync("Reading Server_9", Cancel), stream.ShowAsync("Reading its peers", Cancel));
        var outcome = await stream.FinishAsync(Replies.Answer, "answer:1", Cancel);
        await steps;

        Assert.Equal(["chat.startStream", "chat.appendStream", "chat.stopStream"], slack.Calls.Select(call => call.Method).Take(3));
        Assert.Equal("""[{"type":"task_update","id":"1","title":"Reading Server_9","status":"complete"},{"type":"task_update","id":"2","title":"Reading its peers","status":"in_progress"}]""", slack.Calls.ElementAt(1).Arguments["chunks"]);
        var posted = Assert.IsType<PostOutcome.Posted>(outcome);
        Assert.Equal((posted.MessageId, Asked), (slack.Posts[0].Ts, slack.Posts[0].Thread));
        Assert.Contains("Server_9 is slow", slack.Posts[0].Blocks!.Value.GetRawText());
        Assert.Single(slack.Posts[1].Files); // its chart, in the thread
        Assert.Equal(posted.MessageId, await host.Poster.FindAsync(Turn.Address, "answer:1", DateTimeOffset.UnixEpoch, Cancel));
    }

    [Fact]
    public async Task Without_a_step_the_answer_is_a_plain_post()
    {
        await using var slack = await StrictSlack.StartAsync();
        await using var host = await SlackHost.StartAsync(slack.ApiBase);

        await host.Poster.OpenStream(Turn)!.FinishAsync(ChatReply.Of("Done."), "answer:1", Cancel);

        Assert.Equal("chat.postMessage", Assert.Single(slack.Calls).Method);
    }

    [Fact]
    public async Task Where_streaming_is_refused_the_status_shows_the_work_and_the_answer_is_posted_once()
    {
        await using var slack = await StrictSlack.StartAsync();
        await using var host = await SlackHost.StartAsync(slack.ApiBase);
        slack.Break("chat.startStream", new Fault.Error("channel_type_not_supported"));
        var stream = host.Poster.OpenStream(Turn)!;

        await stream.ShowAsync("Reading", Cancel);
        await stream.ShowAsync("Reading more", Cancel);
        await stream.FinishAsync(ChatReply.Of("Done."), "answer:1", Cancel);

        Assert.Equal(["chat.startStream", "assistant.threads.setStatus", "assistant.threads.setStatus", "chat.postMessage"], slack.Calls.Select(call => call.Method));
        Assert.Equal("Done.", Assert.Single(slack.Posts).Text);
    }

    [Fact]
    public async Task A_stream_that_somebody_ended_becomes_the_answer()
    {
        await using var slack = await StrictSlack.StartAsync();
        await using var host = await SlackHost.StartAsync(slack.ApiBase);
        var stream = host.Poster.OpenStream(Turn)!;
        await stream.ShowAsync("Reading", Cancel);
        slack.EndStreams();

        var outcome = await stream.FinishAsync(ChatReply.Of("Done."), "answer:1", Cancel);

        var post = Assert.Single(slack.Posts);
        Assert.Equal((((PostOutcome.Posted)outcome).MessageId, "Done."), (post.Ts, post.Text));
        Assert.Equal(post.Ts, await host.Poster.FindAsync(Turn.Address, "answer:1", DateTimeOffset.UnixEpoch, Cancel));
    }

    [Fact]
    public async Task A_message_that_can_neither_be_ended_nor_edited_gives_way_to_a_post()
    {
        await using var slack = await StrictSlack.StartAsync();
        await using var host = await SlackHost.StartAsync(slack.ApiBase);
        var stream = host.Poster.OpenStream(Turn)!;
        await stream.ShowAsync("Reading", Cancel);
        slack.EndStreams();
        slack.Break("chat.update", new Fault.Error("edit_window_closed"));

        await stream.FinishAsync(ChatReply.Of("Done."), "answer:1", Cancel);

        Assert.Equal("Done.", Assert.Single(slack.Posts).Text);
    }

    [Fact]
    public async Task An_end_whose_answer_was_lost_is_found_and_not_said_twice()
    {
        await using var slack = await StrictSlack.StartAsync();
        await using var host = await SlackHost.StartAsync(slack.ApiBase);
        slack.Break("chat.stopStream", new Fault.Status(503, AfterTheWork: true));
        var stream = host.Poster.OpenStream(Turn)!;
        await stream.ShowAsync("Reading", Cancel);

        var outcome = await stream.FinishAsync(ChatReply.Of("Done."), "answer:1", Cancel);
        Assert.True(Assert.IsType<PostOutcome.TryAgain>(outcome).IsUncertain);
        Assert.NotNull(await host.Poster.FindAsync(Turn.Address, "answer:1", DateTimeOffset.UnixEpoch, Cancel));
        Assert.IsType<PostOutcome.Posted>(await stream.FinishAsync(ChatReply.Of("Done."), "answer:1", Cancel)); // even when nobody looked

        Assert.Single(slack.Posts);
    }

    [Fact]
    public async Task A_rate_limit_at_the_end_keeps_the_message_for_later()
    {
        await using var slack = await StrictSlack.StartAsync();
        await using var host = await SlackHost.StartAsync(slack.ApiBase);
        slack.Break("chat.stopStream", new Fault.Rate(7));
        var stream = host.Poster.OpenStream(Turn)!;
        await stream.ShowAsync("Reading", Cancel);

        Assert.Equal(TimeSpan.FromSeconds(7), Assert.IsType<PostOutcome.TryAgain>(await stream.FinishAsync(ChatReply.Of("Done."), "answer:1", Cancel)).After);
        await stream.ShowAsync("late", Cancel);
        await stream.FinishAsync(ChatReply.Of("Done."), "answer:1", Cancel);

        Assert.Single(slack.Posts);
        Assert.DoesNotContain(slack.Calls, call => call.Method == "chat.appendStream");
    }

    [Fact]
    public async Task In_a_channel_nothing_is_streamed()
    {
        await using var slack = await StrictSlack.StartAsync();
        await using var host = await SlackHost.StartAsync(slack.ApiBase);

        Assert.Null(host.Poster.OpenStream(Turn with { IsDirect = false, Address = Turn.Address with { Channel = "C02" } }));
        Assert.Null(host.Poster.OpenStream(Turn with { Address = Turn.Address with { Thread = null } }));
    }
}
