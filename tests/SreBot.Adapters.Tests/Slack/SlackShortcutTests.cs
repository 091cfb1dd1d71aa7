using SreBot.Adapters.Chat;
using SreBot.Adapters.Slack;

namespace SreBot.Adapters.Tests.Slack;

public sealed class SlackShortcutTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_message_to_explain_is_stored_before_it_is_acknowledged_and_belongs_into_its_thread()
    {
        await using var host = await SlackHost.StartAsync("http://127.0.0.1:9/api/");

        var answer = await SignedRequest.ClickAsync(host, Payloads.Shortcut(new { ts = Payloads.Ts, user = "U7", text = "CPU &gt; 90 on <https://db1.example.com|db1>" }));

        Assert.Equal((200, ""), answer);
        var turn = await host.Turns.Stored.Reader.ReadAsync(Cancel);
        Assert.Equal((ChatTurnKind.Shortcut, "explain", "CPU > 90 on db1", "U1"), (turn.Kind, turn.Command, turn.Text, turn.User.Id));
        Assert.Equal((new ChatAddress("slack", "T01", "C02", Payloads.Ts), "shortcut:3.2.abc", false), (turn.Address, turn.EventId, turn.IsDirect));
    }

    [Fact]
    public void A_message_in_a_thread_is_explained_there_with_what_other_programs_attached()
    {
        var envelope = SlackEnvelope.Read(SlackEnvelopeKind.Interaction, Payloads.Json(Payloads.Shortcut(new
        {
            ts = Payloads.Ts,
            thread_ts = "1789999999.000001",
            bot_id = "B7",
            text = "",
            attachments = new object[] { new { title = "Checkout is slow", text = "p95 900 ms", fallback = "Checkout is slow" }, new { fallback = "see the runbook" } },
        })), DateTimeOffset.UnixEpoch);

        var turn = Assert.IsType<SlackEnvelope.Turn>(envelope).What;
        Assert.Equal(("1789999999.000001", "Checkout is slow\np95 900 ms\nsee the runbook"), (turn.Address.Thread, turn.Text));
    }

    [Fact]
    public async Task A_shortcut_that_cannot_be_stored_is_told_to_Slack()
    {
        var turns = new RecordingTurns { BeforeStoring = (_, _) => throw new InvalidOperationException("the store is away") };
        await using var host = await SlackHost.StartAsync("http://127.0.0.1:9/api/", turns: turns);

        Assert.Equal(503, (await SignedRequest.ClickAsync(host, Payloads.Shortcut(new { ts = Payloads.Ts, text = "x" }))).Status);
    }

    [Theory]
    [InlineData("view_closed")]
    [InlineData("shortcut")]
    [InlineData("block_suggestion")]
    public async Task What_else_comes_is_acknowledged(string type)
    {
        await using var host = await SlackHost.StartAsync("http://127.0.0.1:9/api/");

        Assert.Equal((200, ""), await SignedRequest.ClickAsync(host, new { type, user = new { id = "U1" }, team = new { id = "T01" }, trigger_id = "1.2.x", view = new { id = "V1", type = "modal" } }));
        Assert.Equal(0, host.Turns.Deliveries);
    }
}
