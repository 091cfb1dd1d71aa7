using SreBot.Adapters.Chat;

namespace SreBot.Adapters.Tests.Slack;

/// <summary>Answers of more than one message: whatever happens on the way, each part is there once and in order.</summary>
public sealed class SlackLongAnswerTests
{
    private static readonly ChatAddress Channel = new("slack", "T01", "C02");
    private static readonly ChatAddress Thread = Channel with { Thread = "1789999999.000001" };
    private static readonly ChatUser Ann = new("slack", "T01", "U1");
    private static readonly DateTimeOffset Start = DateTimeOffset.FromUnixTimeSeconds(1790000000);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_first_message_has_the_buttons_and_the_rest_follows_in_its_thread()
    {
        await using var slack = await StrictSlack.StartAsync();
        await using var host = await SlackHost.StartAsync(slack.ApiBase);
        var answer = Long("why", 150);

        var posted = Assert.IsType<PostOutcome.Posted>(await host.Poster.PostAsync(Channel, answer, "k", Cancel));

        Assert.Equal(4, slack.Posts.Count);
        Assert.Equal([null, posted.MessageId, posted.MessageId, posted.MessageId], slack.Posts.Select(post => post.Thread));
        Assert.Equal("actions", slack.Posts[0].Blocks!.Value[48].GetProperty("type").GetString());
        Assert.Contains("in the thread", slack.Posts[0].Blocks!.Value[49].GetRawText());
        IsShown(answer, slack.Posts);
        Assert.Equal(posted.MessageId, await host.Poster.FindAsync(Channel, "k", Start, Cancel));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task A_crash_between_two_parts_loses_none_and_doubles_none(int crashAt)
    {
        await using var slack = await StrictSlack.StartAsync();
        var answer = Long("why", 150) with { Blocks = [.. Long("why", 150).Blocks, Replies.Chart] };
        await CrashAsync(slack, "chat.postMessage", crashAt, hasArrived: crashAt % 2 == 0, (host, crash) => host.Poster.PostAsync(Thread, answer, "k", crash));

        await using var next = await SlackHost.StartAsync(slack.ApiBase);
        Assert.Null(await next.Poster.FindAsync(Thread, "k", Start, Cancel));
        var posted = Assert.IsType<PostOutcome.Posted>(await next.Poster.PostAsync(Thread, answer, "k", Cancel));

        Assert.Equal(posted.MessageId, slack.Posts[0].Ts);
        Assert.Equal(5, slack.Posts.Count);
        IsShown(answer, slack.Posts);
        Assert.Single(slack.Posts, post => post.Files.Count == 1);
        Assert.Equal(posted.MessageId, await next.Poster.FindAsync(Thread, "k", Start, Cancel));
    }

    [Fact]
    public async Task A_crash_before_the_chart_brings_the_chart_later_and_once()
    {
        await using var slack = await StrictSlack.StartAsync();
        await CrashAsync(slack, "files.completeUploadExternal", 1, hasArrived: false, (host, crash) => host.Poster.PostAsync(Channel, Replies.Answer, "k", crash));

        await using var next = await SlackHost.StartAsync(slack.ApiBase);
        Assert.Null(await next.Poster.FindAsync(Channel, "k", Start, Cancel));
        await next.Poster.PostAsync(Channel, Replies.Answer, "k", Cancel);

        Assert.Equal([0, 1], slack.Posts.Select(post => post.Files.Count));
        Assert.NotNull(await next.Poster.FindAsync(Channel, "k", Start, Cancel));
    }

    [Fact]
    public async Task An_answer_that_came_out_otherwise_after_the_crash_replaces_what_was_there()
    {
        await using var slack = await StrictSlack.StartAsync();
        await CrashAsync(slack, "chat.postMessage", 3, hasArrived: true, (host, crash) => host.Poster.PostAsync(Thread, Long("first", 150), "k", crash));
        var shorter = Long("second", 70);

        await using var next = await SlackHost.StartAsync(slack.ApiBase);
        await next.Poster.FindAsync(Thread, "k", Start, Cancel);
        await next.Poster.PostAsync(Thread, shorter, "k", Cancel);

        IsShown(shorter, slack.Posts);
    }

    [Theory]
    [InlineData(2, false)]
    [InlineData(3, true)]
    public async Task A_limit_or_a_fault_within_an_answer_is_waited_for_and_the_order_is_kept(int at, bool isFault)
    {
        var time = new ManualTime(Start);
        await using var slack = await StrictSlack.StartAsync();
        await using var host = await SlackHost.StartAsync(slack.ApiBase, time);
        slack.Break("chat.postMessage", [.. Enumerable.Repeat<Fault>(new Fault.None(), at - 1), isFault ? new Fault.Status(502, AfterTheWork: true) : new Fault.Rate(7)]);
        var answer = Long("why", 150);

        var posting = host.Poster.PostAsync(Thread, answer, "k", Cancel);
        if (!isFault)
        {
            await SlackEventsEndpointTests.WaitForAsync(() => slack.Calls.Count == at && time.IsWaited(TimeSpan.FromSeconds(7)));
            time.Advance(TimeSpan.FromSeconds(7));
        }
        var outcome = await posting;

        if (isFault)
        {
            Assert.True(Assert.IsType<PostOutcome.TryAgain>(outcome).IsUncertain);
            Assert.Null(await host.Poster.FindAsync(Thread, "k", Start, Cancel));
            outcome = await host.Poster.PostAsync(Thread, answer, "k", Cancel);
        }
        Assert.IsType<PostOutcome.Posted>(outcome);
        Assert.Equal(4, slack.Posts.Count);
        IsShown(answer, slack.Posts);
    }

    [Fact]
    public async Task An_edit_that_outgrows_its_message_keeps_the_head_and_has_the_rest_in_the_thread_once()
    {
        await using var slack = await StrictSlack.StartAsync();
        await using (var host = await SlackHost.StartAsync(slack.ApiBase))
        {
            var posted = (PostOutcome.Posted)await host.Poster.PostAsync(Channel, ChatReply.Of("open"), "k", Cancel);
            await host.Poster.UpdateAsync(Channel, posted.MessageId, Long("first", 150), Cancel);
            await host.Poster.UpdateAsync(Channel, posted.MessageId, Long("second", 150), Cancel);
        }
        await using var next = await SlackHost.StartAsync(slack.ApiBase);

        await next.Poster.UpdateAsync(Channel, slack.Posts[0].Ts, Long("third", 150), Cancel);
        Assert.Equal(4, slack.Posts.Count);
        IsShown(Long("third", 150), slack.Posts);

        await next.Poster.UpdateAsync(Channel, slack.Posts[0].Ts, Long("fourth", 70), Cancel);
        IsShown(Long("fourth", 70), slack.Posts);
        await next.Poster.UpdateAsync(Channel, slack.Posts[0].Ts, ChatReply.Of("resolved"), Cancel);
        Assert.Equal("resolved", Assert.Single(slack.Posts).Text);
        Assert.NotNull(await next.Poster.FindAsync(Channel, "k", Start, Cancel));
    }

    [Fact]
    public async Task The_chart_of_an_edited_message_is_brought_once()
    {
        await using var slack = await StrictSlack.StartAsync();
        await using (var host = await SlackHost.StartAsync(slack.ApiBase))
        {
            var posted = (PostOutcome.Posted)await host.Poster.PostAsync(Channel, ChatReply.Of("open"), "k", Cancel);
            await host.Poster.UpdateAsync(Channel, posted.MessageId, Replies.Answer, Cancel);
            await host.Poster.UpdateAsync(Channel, posted.MessageId, Replies.Answer with { Summary = "still slow" }, Cancel);
        }
        await using var next = await SlackHost.StartAsync(slack.ApiBase);

        await next.Poster.UpdateAsync(Channel, slack.Posts[0].Ts, Replies.Answer with { Blocks = [.. Replies.Answer.Blocks, Replies.Bars] }, Cancel);

        Assert.Equal([[], ["latency-of-server-9.png"], ["how-well-the-data-carries-each-cause.png"]], slack.Posts.Select(post => post.Files.Select(file => file.Name).ToArray()).ToArray());
        Assert.All(slack.Posts.Skip(1), post => Assert.Equal(slack.Posts[0].Ts, post.Thread));
    }

    [Fact]
    public async Task The_parts_of_answers_in_one_thread_do_not_mix()
    {
        await using var slack = await StrictSlack.StartAsync();
        await using var host = await SlackHost.StartAsync(slack.ApiBase);

        await Task.WhenAll(Enumerable.Range(0, 5).Select(number => host.Poster.PostAsync(Thread, Long($"answer{number}", 150), $"k{number}", Cancel)));

        Assert.Equal(Enumerable.Range(0, 5).SelectMany(number => Enumerable.Repeat($"answer{number}", 4)), slack.Posts.Select(post => post.Text.Split(' ')[0]));
    }

    [Fact]
    public async Task A_long_answer_for_one_person_goes_to_the_direct_conversation_and_is_not_doubled_there()
    {
        await using var slack = await StrictSlack.StartAsync();
        await CrashAsync(slack, "chat.postMessage", 3, hasArrived: true, (host, crash) => host.Poster.PostPrivateAsync(Thread, Ann, Long("why", 150), "k", crash), new ManualTime(Start));

        await using var next = await SlackHost.StartAsync(slack.ApiBase, new ManualTime(Start));
        await next.Poster.PostPrivateAsync(Thread, Ann, Long("why", 150), "k", Cancel);
        await next.Poster.PostPrivateAsync(Thread, Ann, Long("why", 150), "k", Cancel);

        Assert.Equal(4, slack.Posts.Count(post => post.OnlyFor is null));
        Assert.All(slack.Posts, post => Assert.True(post.Channel == "D0U1" || post.OnlyFor == "U1"));
        IsShown(Long("why", 150), slack.Posts.Where(post => post.OnlyFor is null));
    }

    /// <summary>Ends the bot while that call hangs.</summary>
    private static async Task CrashAsync(StrictSlack slack, string method, int call, bool hasArrived, Func<SlackHost, CancellationToken, Task> act, TimeProvider? time = null)
    {
        slack.Break(method, [.. Enumerable.Repeat<Fault>(new Fault.None(), call - 1), new Fault.Hang(hasArrived)]);
        var host = await SlackHost.StartAsync(slack.ApiBase, time);
        using var crash = new CancellationTokenSource();
        var acting = act(host, crash.Token);
        await slack.Hanging.Reader.ReadAsync(Cancel);
        await crash.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => acting);
        await host.DisposeAsync();
    }

    private static ChatReply Long(string word, int paragraphs) => new()
    {
        Summary = word,
        Blocks = [.. Enumerable.Range(0, paragraphs).Select(number => new ReplySection { Paragraphs = [$"{word} {number}"] }), new ReplyButtons([new("Acknowledge", "ack", "1")])],
    };

    private static void IsShown(ChatReply answer, IEnumerable<SlackPost> posts) =>
        Assert.Equal(SplitAnswer.Prose(answer), SplitAnswer.Prose(posts.Where(post => post.Blocks is not null).OrderBy(post => post.Ts, StringComparer.Ordinal).Select(post => post.Blocks!.Value)));
}
