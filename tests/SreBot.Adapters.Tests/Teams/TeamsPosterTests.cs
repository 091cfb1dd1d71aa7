using SreBot.Adapters.Chat;

namespace SreBot.Adapters.Tests.Teams;

public sealed class TeamsPosterTests : TeamsFixture
{
    private static readonly ChatReply Reply = ChatReply.Of("INC-1 is open.");

    [Fact]
    public async Task A_post_to_a_channel_starts_a_thread_that_is_updated_in_place_and_replied_to()
    {
        await using var host = await KnownAsync();

        var root = Posted(await host.Poster.PostAsync(Activities.ChannelAddress, Reply, "k", Cancel));
        Posted(await host.Poster.UpdateAsync(Activities.ChannelAddress, root, ChatReply.Of("INC-1 is resolved."), Cancel));
        var reply = Posted(await host.Poster.PostAsync(Activities.ChannelAddress with { Thread = root }, Reply, "k2", Cancel));
        Posted(await host.Poster.UpdateAsync(Activities.ChannelAddress with { Thread = root }, reply, ChatReply.Of("changed"), Cancel));

        var thread = $"{Activities.Channel};messageid={root}";
        Assert.Equal("INC-1 is resolved.", (string?)Connector.Messages[(thread, root)]["summary"]);
        Assert.Equal("changed", (string?)Connector.Messages[(thread, reply)]["summary"]);
        Assert.Equal(2, Connector.Messages.Count);
    }

    [Fact]
    public async Task An_update_still_finds_its_message_after_a_restart()
    {
        string root;
        await using (var first = await KnownAsync())
            root = Posted(await first.Poster.PostAsync(Activities.ChannelAddress, Reply, "k", Cancel));
        await using var second = await StartAsync();

        Posted(await second.Poster.UpdateAsync(Activities.ChannelAddress, root, ChatReply.Of("INC-1 is resolved."), Cancel));

        Assert.Equal("INC-1 is resolved.", (string?)Assert.Single(Connector.Messages).Value["summary"]);
    }

    [Fact]
    public async Task A_personal_answer_goes_to_the_personal_chat()
    {
        await using var host = await KnownAsync();

        var id = Posted(await host.Poster.PostAsync(Activities.PersonalAddress, Reply, "k", Cancel));
        Posted(await host.Poster.UpdateAsync(Activities.PersonalAddress, id, ChatReply.Of("changed"), Cancel));

        Assert.Equal("changed", (string?)Connector.Messages[(Activities.Personal, id)]["summary"]);
    }

    [Fact]
    public async Task A_private_answer_to_a_question_in_a_channel_goes_to_the_persons_own_chat()
    {
        await using var host = await KnownAsync();
        var user = new ChatUser("teams", TokenMint.TenantId, Activities.PersonObjectId);

        Posted(await host.Poster.PostPrivateAsync(Activities.ChannelAddress with { Thread = "100" }, user, Reply, "k", Cancel));

        Assert.Equal($"a:chat-of-{Activities.Person}", Assert.Single(Connector.Messages).Key.Conversation);
    }

    [Fact]
    public async Task Progress_is_shown_and_its_failure_is_nobodys_concern()
    {
        await using var host = await KnownAsync();

        await host.Poster.ShowProgressAsync(Activities.ChannelAddress with { Thread = "100" }, "Reading", Cancel);
        Connector.Refuse(500);
        await host.Poster.ShowProgressAsync(Activities.PersonalAddress, "Reading", Cancel);

        Assert.Equal([$"POST {Activities.Channel}/activities", "injected"], Connector.Calls);
    }

    [Fact]
    public async Task A_conversation_that_never_spoke_cannot_be_posted_to_and_it_says_what_to_do()
    {
        await using var host = await KnownAsync();

        var outcome = await host.Poster.PostAsync(Activities.ChannelAddress with { Channel = "19:elsewhere@thread.tacv2" }, Reply, "k", Cancel);

        Assert.Contains("mention", Assert.IsType<PostOutcome.GaveUp>(outcome).Why, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Slowing_down_is_waited_for_as_long_as_Teams_asks()
    {
        await using var host = await KnownAsync();
        Connector.Refuse(429, retryAfter: "7");

        var outcome = Assert.IsType<PostOutcome.TryAgain>(await host.Poster.PostAsync(Activities.ChannelAddress, Reply, "k", Cancel));

        Assert.Equal((TimeSpan.FromSeconds(7), false), (outcome.After, outcome.IsUncertain));
        Posted(await host.Poster.PostAsync(Activities.ChannelAddress, Reply, "k", Cancel));
        Assert.Single(Connector.Messages);
    }

    [Theory]
    [InlineData(412, false)]
    [InlineData(500, true)]
    [InlineData(502, true)]
    [InlineData(503, true)]
    [InlineData(504, true)]
    public async Task A_passing_fault_is_tried_again_and_a_gateways_leaves_doubt(int status, bool isUncertain)
    {
        await using var host = await KnownAsync();
        var root = Posted(await host.Poster.PostAsync(Activities.ChannelAddress, Reply, "k", Cancel));
        Connector.Refuse(status);
        Connector.Refuse(status);

        var post = Assert.IsType<PostOutcome.TryAgain>(await host.Poster.PostAsync(Activities.ChannelAddress, Reply, "k2", Cancel));
        var update = Assert.IsType<PostOutcome.TryAgain>(await host.Poster.UpdateAsync(Activities.ChannelAddress, root, Reply, Cancel));

        Assert.Equal((isUncertain, false), (post.IsUncertain, update.IsUncertain)); // an update may be made twice
    }

    [Fact]
    public async Task A_lost_answer_leaves_doubt()
    {
        await using var host = await KnownAsync();
        Connector.Lose();

        var outcome = await host.Poster.PostAsync(Activities.ChannelAddress, Reply, "k", Cancel);

        Assert.True(Assert.IsType<PostOutcome.TryAgain>(outcome).IsUncertain);
        Assert.Single(Connector.Messages);
    }

    [Fact]
    public async Task No_answer_in_time_leaves_doubt()
    {
        await using (await KnownAsync())
        {
        }

        await using var host = await StartAsync(("AllowAnonymous", "true"), ("TestTimeout", "00:00:00.500"));
        Connector.Login = null;
        Connector.Hang();

        var outcome = await host.Poster.PostAsync(Activities.ChannelAddress, Reply, "k", Cancel);

        Assert.True(Assert.IsType<PostOutcome.TryAgain>(outcome).IsUncertain);
    }

    [Fact]
    public async Task A_service_that_is_not_there_leaves_no_doubt()
    {
        await using var host = await KnownAsync();
        Assert.True(State.References.TryGetValue(Activities.ChannelAddress, out var json));
        State.References[Activities.ChannelAddress] = json.Replace(Service, "http://127.0.0.1:1", StringComparison.Ordinal);

        var outcome = await host.Poster.PostAsync(Activities.ChannelAddress, Reply, "k", Cancel);

        Assert.False(Assert.IsType<PostOutcome.TryAgain>(outcome).IsUncertain);
    }

    [Theory]
    [InlineData(413, null, "larger than Teams takes")]
    [InlineData(400, "MessageSizeTooBig", "larger than Teams takes")]
    [InlineData(403, "BotNotInConversationRoster", "add its app")]
    [InlineData(404, "ConversationNotFound", "mention the bot there")]
    [InlineData(400, "BadSyntax", "BadSyntax")]
    public async Task A_refusal_for_good_says_what_a_person_has_to_do(int status, string? code, string says)
    {
        await using var host = await KnownAsync();
        Connector.Refuse(status, code);

        var outcome = await host.Poster.PostAsync(Activities.ChannelAddress, Reply, "k", Cancel);

        Assert.Contains(says, Assert.IsType<PostOutcome.GaveUp>(outcome).Why, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_message_that_somebody_deleted_is_given_up()
    {
        await using var host = await KnownAsync();

        var outcome = await host.Poster.UpdateAsync(Activities.ChannelAddress, "999", Reply, Cancel);

        Assert.Contains("deleted", Assert.IsType<PostOutcome.GaveUp>(outcome).Why, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_token_serves_many_calls_and_a_refused_one_is_renewed()
    {
        await using var host = await KnownAsync();
        Posted(await host.Poster.PostAsync(Activities.ChannelAddress, Reply, "k", Cancel));
        Posted(await host.Poster.PostAsync(Activities.ChannelAddress, Reply, "k2", Cancel));
        Assert.Equal(1, Login.Issued);

        Login.RevokeAll();
        Posted(await host.Poster.PostAsync(Activities.ChannelAddress, Reply, "k3", Cancel));

        Assert.Equal(2, Login.Issued);
    }

    [Fact]
    public async Task A_wrong_secret_is_given_up_with_the_setting_to_check()
    {
        await using (await KnownAsync())
        {
        }

        await using var host = await StartAsync(("AppPassword", "expired"));

        var outcome = await host.Poster.PostAsync(Activities.ChannelAddress, Reply, "k", Cancel);

        Assert.Contains("Teams:AppPassword", Assert.IsType<PostOutcome.GaveUp>(outcome).Why, StringComparison.Ordinal);
        Assert.Empty(Connector.Calls);
    }

    [Fact]
    public async Task A_token_service_that_is_down_is_tried_again_without_doubt()
    {
        await using var host = await KnownAsync();
        Login.TokenStatus = 503;

        var outcome = await host.Poster.PostAsync(Activities.ChannelAddress, Reply, "k", Cancel);

        Assert.False(Assert.IsType<PostOutcome.TryAgain>(outcome).IsUncertain);
        Login.TokenStatus = 200;
        Posted(await host.Poster.PostAsync(Activities.ChannelAddress, Reply, "k", Cancel));
    }

    [Fact]
    public async Task No_token_goes_to_a_place_that_is_not_allowed_even_if_it_was_kept_before()
    {
        await using var host = await KnownAsync();
        Assert.True(State.References.TryGetValue(Activities.ChannelAddress, out var json));
        State.References[Activities.ChannelAddress] = json.Replace(Service, "https://evil.invalid/", StringComparison.Ordinal);

        var outcome = await host.Poster.PostAsync(Activities.ChannelAddress, Reply, "k", Cancel);

        Assert.Contains("Teams:AllowedServiceHosts", Assert.IsType<PostOutcome.GaveUp>(outcome).Why, StringComparison.Ordinal);
        Assert.Equal(0, Login.Issued);
    }

    /// <summary>A host that has met the channel and the person.</summary>
    private async Task<TeamsHost> KnownAsync()
    {
        var host = await StartAsync();
        foreach (var activity in new[] { Activities.MembersAdded(Service), Activities.Message(Service + "/", "hello") })
        {
            using var response = await host.SendAsync(activity, Cancel);
            Assert.True(response.IsSuccessStatusCode);
        }

        return host;
    }

    private static string Posted(PostOutcome outcome) => Assert.IsType<PostOutcome.Posted>(outcome).MessageId;
}
