using SreBot.Adapters.Chat;

namespace SreBot.Adapters.Tests.Slack;

public sealed class SlackPosterTests
{
    private static readonly ChatAddress Channel = new("slack", "T01", "C02");
    private static readonly ChatAddress Thread = Channel with { Thread = "1789999999.000001" };
    private static readonly ChatUser Ann = new("slack", "T01", "U1");
    private static readonly DateTimeOffset Start = DateTimeOffset.FromUnixTimeSeconds(1790000000);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_channel_message_carries_its_chart_in_its_own_thread()
    {
        await using var slack = await StrictSlack.StartAsync();
        await using var host = await SlackHost.StartAsync(slack.ApiBase);

        var outcome = await host.Poster.PostAsync(Channel, Replies.Answer, "k1", Cancel);

        var posted = Assert.IsType<PostOutcome.Posted>(outcome);
        Assert.Equal((posted.MessageId, (string?)null, "Server_9 is slow"), (slack.Posts[0].Ts, slack.Posts[0].Thread, slack.Posts[0].Text));
        var picture = Assert.Single(slack.Posts[1].Files);
        Assert.Equal(posted.MessageId, slack.Posts[1].Thread);
        Assert.Equal(("latency-of-server-9.png", Replies.Chart.AlternativeText), (picture.Name, picture.Alternative));
        Assert.Equal(PlainPainter.Png, picture.Content);
    }

    [Fact]
    public async Task An_answer_and_its_chart_land_in_the_thread_of_the_question()
    {
        await using var slack = await StrictSlack.StartAsync();
        await using var host = await SlackHost.StartAsync(slack.ApiBase);

        await host.Poster.PostAsync(Thread, Replies.Answer, "k1", Cancel);

        Assert.Equal([Thread.Thread, Thread.Thread], slack.Posts.Select(post => post.Thread));
    }

    [Fact]
    public async Task Charts_and_files_share_one_message()
    {
        await using var slack = await StrictSlack.StartAsync();
        await using var host = await SlackHost.StartAsync(slack.ApiBase);
        var reply = Replies.Answer with { Blocks = [.. Replies.Answer.Blocks, new ReplyFile("steps.csv", "text/csv", "a,b"u8.ToArray())] };

        await host.Poster.PostAsync(Channel, reply, "k1", Cancel);

        Assert.Equal(["latency-of-server-9.png", "steps.csv"], slack.Posts[1].Files.Select(file => file.Name));
        Assert.Equal(2, slack.Posts.Count);
    }

    [Fact]
    public async Task Bars_come_as_a_picture_with_words_beside_the_chart()
    {
        await using var slack = await StrictSlack.StartAsync();
        await using var host = await SlackHost.StartAsync(slack.ApiBase);

        await host.Poster.PostAsync(Channel, Replies.Answer with { Blocks = [.. Replies.Answer.Blocks, Replies.Bars] }, "k1", Cancel);

        Assert.Equal([("latency-of-server-9.png", Replies.Chart.AlternativeText), ("how-well-the-data-carries-each-cause.png", Replies.Bars.AlternativeText)],
            slack.Posts[1].Files.Select(file => (file.Name, file.Alternative ?? "")));
    }

    [Fact]
    public async Task Bars_for_one_person_go_to_the_direct_conversation()
    {
        await using var slack = await StrictSlack.StartAsync();
        await using var host = await SlackHost.StartAsync(slack.ApiBase);

        await host.Poster.PostPrivateAsync(Channel, new ChatUser("slack", Channel.Workspace, "U01"), new ChatReply { Summary = "bars", Blocks = [Replies.Bars] }, "k1", Cancel);

        Assert.Single(slack.Posts, post => post.Files.Count > 0);
        Assert.DoesNotContain(slack.Posts, post => post.Files.Count > 0 && post.Channel == Channel.Channel);
    }

    [Fact]
    public async Task A_message_is_edited_in_place_with_its_blocks()
    {
        await using var slack = await StrictSlack.StartAsync();
        await using var host = await SlackHost.StartAsync(slack.ApiBase);
        var posted = (PostOutcome.Posted)await host.Poster.PostAsync(Channel, ChatReply.Of("open"), "k1", Cancel);

        var updated = await host.Poster.UpdateAsync(Channel, posted.MessageId, ChatReply.Of("resolved"), Cancel);

        Assert.Equal(posted, updated);
        var only = Assert.Single(slack.Posts);
        Assert.Equal("resolved", only.Text);
        Assert.Equal("resolved", only.Blocks!.Value[0].GetProperty("text").GetProperty("text").GetString());
    }

    [Fact]
    public async Task A_message_is_found_by_its_key_on_any_page_and_in_threads()
    {
        await using var slack = await StrictSlack.StartAsync();
        await using var host = await SlackHost.StartAsync(slack.ApiBase);
        var wanted = (PostOutcome.Posted)await host.Poster.PostAsync(Channel, ChatReply.Of("wanted"), "k0", Cancel);
        for (var number = 1; number <= 5; number++)
            await host.Poster.PostAsync(Channel, ChatReply.Of("other"), $"k{number}", Cancel);
        var reply = (PostOutcome.Posted)await host.Poster.PostAsync(Channel with { Thread = wanted.MessageId }, ChatReply.Of("reply"), "r", Cancel);

        Assert.Equal(wanted.MessageId, await host.Poster.FindAsync(Channel, "k0", Start, Cancel));
        Assert.Equal(reply.MessageId, await host.Poster.FindAsync(Channel with { Thread = wanted.MessageId }, "r", Start, Cancel));
        Assert.Null(await host.Poster.FindAsync(Channel, "r", Start, Cancel));
        Assert.Null(await host.Poster.FindAsync(Channel, "k0", Start.AddHours(1), Cancel));
    }

    [Fact]
    public async Task A_lookup_that_fails_does_not_say_that_the_message_is_missing()
    {
        var time = new ManualTime(Start);
        await using var slack = await StrictSlack.StartAsync();
        await using var host = await SlackHost.StartAsync(slack.ApiBase, time);
        slack.Break("conversations.history", new Fault.Rate(600));

        await Assert.ThrowsAsync<HttpRequestException>(() => host.Poster.FindAsync(Channel, "k", Start, Cancel));
    }

    [Fact]
    public async Task A_channel_that_cannot_be_read_cannot_tell()
    {
        await using var slack = await StrictSlack.StartAsync();
        await using var host = await SlackHost.StartAsync(slack.ApiBase);
        slack.Break("conversations.history", new Fault.Error("missing_scope", "channels:history"));

        Assert.Null(await host.Poster.FindAsync(Channel, "k", Start, Cancel));
    }

    [Fact]
    public async Task A_rate_limit_comes_back_with_its_wait_and_nothing_was_posted()
    {
        await using var slack = await StrictSlack.StartAsync();
        await using var host = await SlackHost.StartAsync(slack.ApiBase);
        slack.Break("chat.postMessage", new Fault.Rate(7));

        var outcome = Assert.IsType<PostOutcome.TryAgain>(await host.Poster.PostAsync(Channel, Replies.Answer, "k", Cancel));

        Assert.Equal((TimeSpan.FromSeconds(7), false), (outcome.After, outcome.IsUncertain));
        Assert.Empty(slack.Posts);
    }

    [Fact]
    public async Task A_post_whose_answer_was_lost_is_uncertain_and_then_found()
    {
        await using var slack = await StrictSlack.StartAsync();
        await using var host = await SlackHost.StartAsync(slack.ApiBase);
        slack.Break("chat.postMessage", new Fault.Status(502, AfterTheWork: true));

        var outcome = Assert.IsType<PostOutcome.TryAgain>(await host.Poster.PostAsync(Channel, ChatReply.Of("lost"), "k", Cancel));

        Assert.True(outcome.IsUncertain);
        Assert.Equal(Assert.Single(slack.Posts).Ts, await host.Poster.FindAsync(Channel, "k", Start, Cancel));
    }

    [Fact]
    public async Task An_answer_that_does_not_come_is_uncertain()
    {
        var time = new ManualTime(Start);
        await using var slack = await StrictSlack.StartAsync();
        await using var host = await SlackHost.StartAsync(slack.ApiBase, time);
        slack.Break("chat.postMessage", new Fault.Hang());

        var posting = host.Poster.PostAsync(Channel, Replies.Answer, "k", Cancel);
        await slack.Hanging.Reader.ReadAsync(Cancel);
        time.Advance(TimeSpan.FromSeconds(11));

        var outcome = Assert.IsType<PostOutcome.TryAgain>(await posting);
        Assert.True(outcome.IsUncertain);
    }

    [Fact]
    public async Task A_Slack_that_cannot_be_reached_was_surely_not_posted_to()
    {
        await using var host = await SlackHost.StartAsync("http://127.0.0.1:9/api/");

        var outcome = Assert.IsType<PostOutcome.TryAgain>(await host.Poster.PostAsync(Channel, Replies.Answer, "k", Cancel));

        Assert.False(outcome.IsUncertain);
    }

    [Theory]
    [InlineData("not_in_channel", null, "/invite")]
    [InlineData("missing_scope", "chat:write", "scope chat:write")]
    [InlineData("invalid_auth", null, "Slack:BotToken")]
    [InlineData("is_archived", null, "archived")]
    [InlineData("some_new_error", null, "some_new_error")]
    public async Task What_needs_a_person_says_what_to_do(string error, string? needed, string advice)
    {
        await using var slack = await StrictSlack.StartAsync();
        await using var host = await SlackHost.StartAsync(slack.ApiBase);
        slack.Break("chat.postMessage", new Fault.Error(error, needed));

        var outcome = Assert.IsType<PostOutcome.GaveUp>(await host.Poster.PostAsync(Channel, Replies.Answer, "k", Cancel));

        Assert.Contains(advice, outcome.Why);
    }

    [Theory]
    [InlineData("ratelimited", false)]
    [InlineData("internal_error", true)]
    public async Task A_passing_error_in_the_body_is_tried_again(string error, bool isUncertain)
    {
        await using var slack = await StrictSlack.StartAsync();
        await using var host = await SlackHost.StartAsync(slack.ApiBase);
        slack.Break("chat.postMessage", new Fault.Error(error));

        var outcome = Assert.IsType<PostOutcome.TryAgain>(await host.Poster.PostAsync(Channel, Replies.Answer, "k", Cancel));

        Assert.Equal(isUncertain, outcome.IsUncertain);
    }

    [Fact]
    public async Task A_chart_that_cannot_be_uploaded_is_told_in_words_and_the_message_stands_once()
    {
        await using var slack = await StrictSlack.StartAsync();
        await using var host = await SlackHost.StartAsync(slack.ApiBase);
        slack.Break("files.getUploadURLExternal", new Fault.Error("missing_scope", "files:write"));

        var posted = Assert.IsType<PostOutcome.Posted>(await host.Poster.PostAsync(Channel, Replies.Answer, "k", Cancel));

        Assert.Equal(2, slack.Posts.Count);
        Assert.Equal(posted.MessageId, slack.Posts[1].Thread);
        Assert.Contains(Replies.Chart.AlternativeText, slack.Posts[1].Text);
    }

    [Fact]
    public async Task An_upload_is_repeated_and_its_sharing_is_not_when_it_may_have_happened()
    {
        await using var slack = await StrictSlack.StartAsync();
        await using var host = await SlackHost.StartAsync(slack.ApiBase);
        slack.Break("upload", new Fault.Status(503));
        slack.Break("files.completeUploadExternal", new Fault.Status(500, AfterTheWork: true));

        Assert.IsType<PostOutcome.Posted>(await host.Poster.PostAsync(Channel, Replies.Answer, "k", Cancel));

        Assert.Single(slack.Posts, post => post.Files.Count > 0);
    }

    [Fact]
    public async Task A_private_answer_is_shown_in_place_to_one_person()
    {
        await using var slack = await StrictSlack.StartAsync();
        await using var host = await SlackHost.StartAsync(slack.ApiBase);

        await host.Poster.PostPrivateAsync(Thread, Ann, ChatReply.Of("for you"), "k", Cancel);

        var only = Assert.Single(slack.Posts);
        Assert.Equal(("U1", Thread.Thread, "for you"), (only.OnlyFor, only.Thread, only.Text));
    }

    [Fact]
    public async Task A_private_answer_goes_to_the_direct_conversation_where_the_bot_is_no_member()
    {
        await using var slack = await StrictSlack.StartAsync();
        await using var host = await SlackHost.StartAsync(slack.ApiBase);
        slack.Break("chat.postEphemeral", new Fault.Error("not_in_channel"));

        await host.Poster.PostPrivateAsync(Channel, Ann, ChatReply.Of("for you"), "k", Cancel);

        Assert.Equal(("D0U1", "for you"), (Assert.Single(slack.Posts).Channel, slack.Posts[0].Text));
    }

    [Fact]
    public async Task A_private_chart_is_never_put_into_the_channel()
    {
        await using var slack = await StrictSlack.StartAsync();
        await using var host = await SlackHost.StartAsync(slack.ApiBase);

        await host.Poster.PostPrivateAsync(Channel, Ann, Replies.Answer, "k", Cancel);

        Assert.All(slack.Posts, post => Assert.True(post.Channel == "D0U1" || post.OnlyFor == "U1"));
        Assert.Contains(slack.Posts, post => post.Channel == "D0U1" && post.Files.Count == 1);
    }

    [Fact]
    public async Task Progress_is_shown_in_the_thread_and_lost_without_harm()
    {
        await using var slack = await StrictSlack.StartAsync();
        await using var host = await SlackHost.StartAsync(slack.ApiBase);
        slack.Break("assistant.threads.setStatus", new Fault.Status(500));

        await host.Poster.ShowProgressAsync(Thread, "Reading", Cancel);
        await host.Poster.ShowProgressAsync(Thread, "Reading Server_9", Cancel);
        await host.Poster.ShowProgressAsync(Channel, "Nowhere to show it", Cancel);

        Assert.Equal(["Reading", "Reading Server_9"], slack.Calls.Select(call => call.Arguments["status"]));
    }
}
