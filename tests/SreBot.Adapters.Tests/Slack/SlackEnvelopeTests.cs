using System.Text.Json;
using SreBot.Adapters.Chat;
using SreBot.Adapters.Slack;

namespace SreBot.Adapters.Tests.Slack;

public sealed class SlackEnvelopeTests
{
    private static readonly DateTimeOffset Now = DateTimeOffset.FromUnixTimeSeconds(1790000100);

    [Fact]
    public void A_mention_becomes_a_message_that_is_answered_in_its_own_thread()
    {
        var turn = ReadTurn(SlackEnvelopeKind.Event, Payloads.Event(Payloads.Mention("<@U0BOT> why is INC-1 slow?")));

        Assert.Equal(new ChatTurn
        {
            EventId = $"C02:{Payloads.Ts}",
            Kind = ChatTurnKind.Message,
            Address = new("slack", "T01", "C02", Payloads.Ts),
            User = new("slack", "T01", "U1"),
            Text = "why is INC-1 slow?",
            MessageId = Payloads.Ts,
            At = DateTimeOffset.FromUnixTimeSeconds(1790000000).AddMicroseconds(100),
        }, turn);
    }

    [Fact]
    public void A_mention_in_a_thread_is_answered_in_that_thread()
    {
        var turn = ReadTurn(SlackEnvelopeKind.Event, Payloads.Event(Payloads.Mention(thread: "1789999999.000001")));

        Assert.Equal("1789999999.000001", turn.Address.Thread);
    }

    [Fact]
    public void A_mention_that_comes_twice_is_the_same_turn()
    {
        var asMention = ReadTurn(SlackEnvelopeKind.Event, Payloads.Event(Payloads.Mention(), "Ev1"));
        var asMessage = ReadTurn(SlackEnvelopeKind.Event, Payloads.Event(Payloads.Mention(type: "message"), "Ev2"));

        Assert.Equal(asMention, asMessage);
    }

    [Fact]
    public void A_direct_message_needs_no_mention()
    {
        var turn = ReadTurn(SlackEnvelopeKind.Event, Payloads.Event(new { type = "message", channel_type = "im", channel = "D01", user = "U1", text = "hello", ts = Payloads.Ts }));

        Assert.True(turn.IsDirect);
        Assert.Equal("hello", turn.Text);
    }

    [Fact]
    public void An_app_of_a_whole_organization_is_known_by_the_organization()
    {
        var turn = ReadTurn(SlackEnvelopeKind.Event, Payloads.Event(Payloads.Mention(), isOrganization: true));

        Assert.Equal("E01", turn.Address.Workspace);
    }

    [Theory]
    [InlineData("<@U0BOT> cpu &gt; 90 &amp; rising in <#C02|incidents>?", "cpu > 90 & rising in #incidents?")]
    [InlineData("hey <@U0BOT|srebot>, look", "hey , look")]
    [InlineData("<@U0BOT> ask <@U7> and <@U8|bob>", "ask @U7 and @bob")]
    [InlineData("<@U0BOT> <http://db1.example.com|db1.example.com> <https://example.com/a?b=1&amp;c=2>", "db1.example.com https://example.com/a?b=1&c=2")]
    [InlineData("<@U0BOT> <!here> <!subteam^S1|@team> <!date^1^{date}|today>", "@here @team today")]
    [InlineData("<@U0BOT> &amp;lt;b&amp;gt;", "&lt;b&gt;")]
    [InlineData("<@U0BOT> line one\nline two", "line one\nline two")]
    [InlineData("<@U0BOT>", "")]
    public void Text_comes_out_of_Slacks_markup(string text, string plain) =>
        Assert.Equal(plain, ReadTurn(SlackEnvelopeKind.Event, Payloads.Event(Payloads.Mention(text))).Text);

    [Fact]
    public void A_channel_that_is_named_comes_with_its_place()
    {
        var turn = ReadTurn(SlackEnvelopeKind.Event, Payloads.Event(Payloads.Mention("<@U0BOT> tell <#C07|incidents>, <#C08> and <#C07|incidents> of it")));

        Assert.Equal("tell #incidents, #C08 and #incidents of it", turn.Text);
        Assert.Equal([new("#incidents", "slack:T01/C07"), new("#C08", "slack:T01/C08")], turn.Channels!);
    }

    [Theory]
    [InlineData("""{"type":"message","channel":"C02","user":"U1","text":"just talking","ts":"1790000000.000100"}""")]
    [InlineData("""{"type":"app_mention","channel":"C02","user":"U0BOT","text":"<@U0BOT> me","ts":"1790000000.000100"}""")]
    [InlineData("""{"type":"app_mention","channel":"C02","user":"U1","bot_id":"B1","text":"<@U0BOT> hi","ts":"1790000000.000100"}""")]
    [InlineData("""{"type":"message","subtype":"bot_message","channel":"D02","text":"hi","ts":"1790000000.000100"}""")]
    [InlineData("""{"type":"message","subtype":"message_changed","channel":"D02","ts":"1790000000.000100","message":{"user":"U1","text":"<@U0BOT> hi"}}""")]
    [InlineData("""{"type":"message","subtype":"message_deleted","channel":"D02","ts":"1790000000.000100"}""")]
    [InlineData("""{"type":"message","subtype":"channel_join","channel":"C02","user":"U1","text":"<@U0BOT> joined","ts":"1790000000.000100"}""")]
    [InlineData("""{"type":"app_mention","channel":"C02","user":"U1","text":"<@U0BOT> hi","ts":"1790000000.000100","edited":{"user":"U1","ts":"1790000001.000000"}}""")]
    [InlineData("""{"type":"member_joined_channel","channel":"C02","user":"U1","team":"T01"}""")]
    [InlineData("""{"type":"reaction_added","user":"U1"}""")]
    [InlineData("""{"type":"app_mention"}""")]
    [InlineData("""{"type":7}""")]
    [InlineData("[]")]
    public void What_is_not_said_to_the_bot_is_ignored(string what) =>
        Assert.IsType<SlackEnvelope.Ignored>(Read(SlackEnvelopeKind.Event, Payloads.Event(JsonSerializer.Deserialize<JsonElement>(what))));

    [Theory]
    [InlineData("[]")]
    [InlineData("7")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("""{"type":"event_callback"}""")]
    [InlineData("""{"type":"event_callback","authorizations":[7],"event":{"type":"app_mention","user":"U1","channel":"C1"}}""")]
    [InlineData("""{"type":"block_actions","actions":{}}""")]
    [InlineData("""{"type":"view_submission"}""")]
    public void Odd_payloads_are_ignored_in_every_kind(string payload)
    {
        foreach (var kind in Enum.GetValues<SlackEnvelopeKind>())
            Assert.IsType<SlackEnvelope.Ignored>(SlackEnvelope.Read(kind, JsonSerializer.Deserialize<JsonElement>(payload), Now));
    }

    [Fact]
    public void A_slash_command_is_named_without_its_slash_and_has_no_thread()
    {
        var turn = ReadTurn(SlackEnvelopeKind.Command, Payloads.Command(text: "create \"slow\" p95 > 20 ms & more"));

        Assert.Equal((ChatTurnKind.Command, "sre-alert", "create \"slow\" p95 > 20 ms & more"), (turn.Kind, turn.Command, turn.Text));
        Assert.Equal(("command:1.2.abc", new ChatAddress("slack", "T01", "C02"), "ann"), (turn.EventId, turn.Address, turn.User.Name));
        Assert.Equal(Now, turn.At);
    }

    [Fact]
    public void A_button_gives_back_its_verb_and_value_in_the_thread_of_its_message()
    {
        var turn = ReadTurn(SlackEnvelopeKind.Interaction, Payloads.Click("ack:now:3", "INC-42"));

        Assert.Equal(new ChatAction("ack:now", "INC-42"), turn.Action);
        Assert.Equal((Payloads.Ts, Payloads.Ts), (turn.MessageId, turn.Address.Thread));
    }

    [Fact]
    public void A_button_in_a_thread_stays_in_that_thread()
    {
        var turn = ReadTurn(SlackEnvelopeKind.Interaction, Payloads.Click(thread: "1789999999.000001"));

        Assert.Equal((Payloads.Ts, "1789999999.000001"), (turn.MessageId, turn.Address.Thread));
    }

    [Fact]
    public void No_thread_hangs_on_a_message_that_only_one_person_sees()
    {
        var turn = ReadTurn(SlackEnvelopeKind.Interaction, Payloads.Click(isEphemeral: true));

        Assert.Null(turn.Address.Thread);
    }

    [Fact]
    public void A_button_without_separator_is_all_verb() =>
        Assert.Equal("ack", ReadTurn(SlackEnvelopeKind.Interaction, Payloads.Click("ack")).Action!.Verb);

    [Fact]
    public void A_link_button_is_nobodys_business() =>
        Assert.IsType<SlackEnvelope.Ignored>(Read(SlackEnvelopeKind.Interaction, Payloads.Click(SlackActionId.Of("", 2))));

    [Fact]
    public void Being_added_to_a_channel_is_told()
    {
        var turn = ReadTurn(SlackEnvelopeKind.Event, Payloads.Event(new { type = "member_joined_channel", user = "U0BOT", channel = "C02", inviter = "U1", event_ts = Payloads.Ts }, "Ev9"));

        Assert.Equal((ChatTurnKind.Installed, "Ev9", "U1", new ChatAddress("slack", "T01", "C02")), (turn.Kind, turn.EventId, turn.User.Id, turn.Address));
    }

    [Fact]
    public void The_outer_types_are_told_apart()
    {
        Assert.Equal(new SlackEnvelope.Challenge("abc"), Read(SlackEnvelopeKind.Event, new { type = "url_verification", challenge = "abc" }));
        Assert.Equal(new SlackEnvelope.RateLimited("T01"), Read(SlackEnvelopeKind.Event, new { type = "app_rate_limited", team_id = "T01", minute_rate_limited = 1 }));
    }

    private static SlackEnvelope Read(SlackEnvelopeKind kind, object payload) => SlackEnvelope.Read(kind, Payloads.Json(payload), Now);

    private static ChatTurn ReadTurn(SlackEnvelopeKind kind, object payload) => Assert.IsType<SlackEnvelope.Turn>(Read(kind, payload)).What;
}
