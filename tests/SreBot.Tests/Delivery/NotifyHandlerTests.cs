using SreBot.Adapters.Chat;
using SreBot.Model;
using SreBot.Tests.Fixtures;

namespace SreBot.Tests.Delivery;

public sealed class NotifyHandlerTests(PostgresFixture postgres)
{
    [Fact]
    public async Task Posts_once_then_edits_in_place_and_says_each_change_in_the_thread()
    {
        var house = await OutboxHouse.NewAsync(postgres);

        await SayAsync(house, 1, "open");
        await house.DeliverAsync();
        await SayAsync(house, 2, "acknowledged", "Ana has it");
        await house.DeliverAsync();

        Assert.Equal(["open"], house.Poster.Channel);
        Assert.Equal([("m1", "acknowledged")], house.Poster.Updates);
        Assert.Equal([("Ana has it", "m1")], house.Poster.Messages.Skip(1).Select(message => (message.Summary, message.Address.Thread)));
    }

    [Fact]
    public async Task The_newest_of_several_edits_wins_and_no_reply_is_lost()
    {
        var house = await OutboxHouse.NewAsync(postgres);
        await SayAsync(house, 1, "open");
        await SayAsync(house, 2, "acknowledged", "Ana has it");
        await SayAsync(house, 3, "found", "It is Server_9");
        await SayAsync(house, 4, "resolved", "It is over");

        await house.DeliverAsync();

        Assert.Equal(["open"], house.Poster.Channel);
        Assert.Equal([("m1", "resolved")], house.Poster.Updates);
        Assert.Equal(["Ana has it", "It is Server_9", "It is over"], house.Poster.Thread);
        Assert.Equal(["incident:1 1 done", "incident:1 2 superseded", "incident:1 3 superseded", "incident:1 4 done"], await house.RowsAsync());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_uncertain_post_is_looked_up_before_it_is_sent_again(bool arrives)
    {
        var house = await OutboxHouse.NewAsync(postgres);
        house.Poster.Next(new PostOutcome.TryAgain("no answer", IsUncertain: true), arrives);
        await SayAsync(house, 1, "open");

        await house.DeliverAsync();
        house.Time.Advance(TimeSpan.FromSeconds(2));
        await house.DeliverAsync();

        Assert.Equal(["open"], house.Poster.Channel);
        Assert.Equal(["m1"], await house.QueryAsync<string>("SELECT message_id FROM posted_message"));
    }

    [Fact]
    public async Task An_uncertain_post_is_looked_up_though_the_platform_asked_to_wait()
    {
        var house = await OutboxHouse.NewAsync(postgres);
        house.Poster.Next(new PostOutcome.TryAgain("a fault", TimeSpan.FromSeconds(5), IsUncertain: true), true);
        await SayAsync(house, 1, "open");

        await house.DeliverAsync();
        house.Time.Advance(TimeSpan.FromSeconds(10));
        await house.DeliverAsync();

        Assert.Equal(["open"], house.Poster.Channel);
        Assert.Equal(["incident:1 1 done"], await house.RowsAsync());
    }

    [Fact]
    public async Task A_crash_between_the_post_and_its_record_posts_no_second_message()
    {
        var house = await OutboxHouse.NewAsync(postgres);
        await SayAsync(house, 1, "open");
        await house.DeliverAsync();
        await house.ExecuteAsync("DELETE FROM posted_message; UPDATE outbox SET status = 'waiting', lease_until = now() - interval '1 second'");

        await house.DeliverAsync();

        Assert.Equal(["open"], house.Poster.Channel);
    }

    [Fact]
    public async Task A_crash_between_the_reply_and_its_record_says_nothing_twice()
    {
        var house = await OutboxHouse.NewAsync(postgres);
        await SayAsync(house, 1, "open");
        await SayAsync(house, 2, "resolved", "It is over");
        await house.DeliverAsync();
        await house.ExecuteAsync("UPDATE outbox SET status = 'waiting' WHERE sequence = 2");

        await house.DeliverAsync();

        Assert.Equal(["It is over"], house.Poster.Thread);
    }

    [Fact]
    public async Task A_receiver_that_asks_to_wait_gets_everything_in_order_later()
    {
        var house = await OutboxHouse.NewAsync(postgres);
        house.Poster.Next(new PostOutcome.TryAgain("429", TimeSpan.FromSeconds(10)));
        await SayAsync(house, 1, "open");
        await SayAsync(house, 2, "resolved", "It is over");

        await house.DeliverAsync();
        Assert.Empty(house.Poster.Messages);

        house.Time.Advance(TimeSpan.FromSeconds(10));
        await house.DeliverAsync();
        Assert.Equal(["open", "It is over"], house.Poster.Messages.Select(message => message.Summary));
        Assert.Equal([("m1", "resolved")], house.Poster.Updates);
    }

    [Fact]
    public async Task A_channel_that_is_not_linked_to_all_projects_is_not_told()
    {
        var house = await OutboxHouse.NewAsync(postgres);
        await house.AddAsync("incident:1", 1, NotifyPayload.Handler, new NotifyPayload(ChatReply.Of("open"), null, ["Project_1", "Project_3"]));
        await house.AddAsync("incident:2", 1, NotifyPayload.Handler, new NotifyPayload(ChatReply.Of("open"), null, ["Project_1"]), "slack:T01/C99");
        await house.AddAsync("incident:3", 1, NotifyPayload.Handler, new NotifyPayload(ChatReply.Of("open"), null), "teams:t/c");
        await house.AddAsync("incident:4", 1, NotifyPayload.Handler, new NotifyPayload(ChatReply.Of("open"), null), "nowhere");

        await house.DeliverAsync();

        Assert.Empty(house.Poster.Messages);
        Assert.Equal(
            [
                "The channel slack:T01/C02 is not linked to Project_3; an admin links it there with: link Project_3",
                "The channel slack:T01/C99 is not linked to a project of this organization; an admin links it there with: link Project_1",
                "teams is not connected here.",
                "'nowhere' is not a channel of the form platform:workspace/channel.",
            ],
            await house.QueryAsync<string>("SELECT last_error FROM outbox WHERE status = 'dead' ORDER BY subject"));
    }

    [Fact]
    public async Task A_channel_that_is_dead_stops_no_other_and_keeps_its_rows()
    {
        var house = await OutboxHouse.NewAsync(postgres);
        house.Poster.Next(new PostOutcome.GaveUp("token_revoked: the token was taken back."));
        await house.TellAsync(OutboxHouse.Target, "opened", 1);
        await house.TellAsync(OutboxHouse.Target, "resolved", 2);

        await house.DeliverAsync();

        Assert.Equal(["incident:42 1 dead", "incident:42 2 done"], await house.RowsAsync());
        Assert.Equal(["token_revoked: the token was taken back."], await house.QueryAsync<string>("SELECT last_error FROM outbox WHERE status = 'dead'"));
    }

    [Fact]
    public async Task A_reminder_edits_the_message_and_is_said_in_its_thread()
    {
        var house = await OutboxHouse.NewAsync(postgres);
        await house.TellAsync(OutboxHouse.Target, "opened", 1);
        await house.DeliverAsync();
        await house.TellAsync(OutboxHouse.Target, "repeated", 2, "still 9 %");
        await house.DeliverAsync();

        Assert.Single(house.Poster.Channel);
        Assert.Equal([("m1", "still 9 %")], house.Poster.Updates);
        Assert.Equal(["It is repeated."], house.Poster.Thread);
    }

    private static Task SayAsync(OutboxHouse house, long sequence, string message, string? change = null) =>
        house.AddAsync("incident:1", sequence, NotifyPayload.Handler, new NotifyPayload(ChatReply.Of(message), change is null ? null : ChatReply.Of(change), ["Project_1"]));
}
