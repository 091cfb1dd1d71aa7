using System.Text.Json;
using System.Text.Json.Nodes;
using SreBot.Adapters.Chat;
using SreBot.Adapters.Teams;

namespace SreBot.Adapters.Tests.Teams;

public sealed class TeamsTurnsTests
{
    private const string Service = "https://smba.trafficmanager.net/emea/";

    private static readonly DateTimeOffset Now = new(2026, 3, 4, 6, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_mention_in_a_channel_is_answered_in_its_thread()
    {
        var turn = Read(Activities.ChannelMessage(Service, "<at>Sre</at> why?", root: "42"));

        Assert.NotNull(turn);
        Assert.Equal(Activities.ChannelAddress with { Thread = "42" }, turn.Address);
        Assert.Equal("why?", turn.Text);
        Assert.Equal(new ChatUser("teams", TokenMint.TenantId, Activities.PersonObjectId, "The Writer"), turn.User);
        Assert.Equal($"{Activities.Channel};messageid=42|m1", turn.EventId);
        Assert.Equal("m1", turn.MessageId);
        Assert.Equal(new DateTimeOffset(2026, 3, 4, 5, 6, 7, 891, TimeSpan.Zero), turn.At);
        Assert.False(turn.IsDirect);
    }

    [Fact]
    public void A_personal_message_needs_no_mention_and_has_no_thread()
    {
        var turn = Read(Activities.Message(Service, " why?&nbsp;"));

        Assert.NotNull(turn);
        Assert.Equal(Activities.PersonalAddress, turn.Address);
        Assert.Equal("why?", turn.Text);
        Assert.True(turn.IsDirect);
    }

    [Fact]
    public void Talk_in_a_group_that_does_not_mention_the_bot_is_left_alone()
    {
        Assert.Null(Read(Activities.GroupMessage(Service, "lunch?", mentions: false)));
        Assert.NotNull(Read(Activities.GroupMessage(Service, "<at>Sre</at> lunch?", mentions: true)));
    }

    [Fact]
    public void Its_own_messages_are_left_alone() =>
        Assert.Null(Read(Activities.Message(Service, "hello").With("from", new JsonObject { ["id"] = Activities.Bot })));

    [Fact]
    public void A_guest_without_an_object_id_is_known_by_the_platforms_id() =>
        Assert.Equal("29:guest", Read(Activities.Message(Service, "hello").With("from", new JsonObject { ["id"] = "29:guest" }))?.User.Id);

    [Fact]
    public void A_button_is_the_same_turn_whether_it_comes_as_invoke_or_as_message()
    {
        var executed = TeamsTurns.FromInvoke(Activity(Activities.Execute(Service, "ack", "INC-7")), TokenMint.TenantId, Now);
        var submitted = Read(Activities.Submit(Service, "ack", "INC-7"));

        Assert.Equal((ChatTurnKind.Action, new ChatAction("ack", "INC-7"), "55"), (executed!.Kind, executed.Action!, executed.MessageId!));
        Assert.Equal((ChatTurnKind.Action, new ChatAction("ack", "INC-7"), "100"), (submitted!.Kind, submitted.Action!, submitted.MessageId!));
        Assert.Equal("100", submitted.Address.Thread);
    }

    [Fact]
    public void Fields_of_an_unexpected_kind_are_as_good_as_absent()
    {
        var odd = Activities.Message(Service, "hello").With("value", "text").With("entities", 7).With("timestamp", 12).With("channelData", "none");

        Assert.Equal(("hello", Now), (Read(odd)?.Text, Read(odd)!.At));
    }

    private static ChatTurn? Read(JsonObject activity) => TeamsTurns.FromMessage(Activity(activity), TokenMint.TenantId, Now);

    private static TeamsActivity Activity(JsonObject activity) => new(JsonSerializer.SerializeToElement(activity));
}
