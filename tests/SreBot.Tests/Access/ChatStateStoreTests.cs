using SreBot.Access;
using SreBot.Adapters.Chat;
using SreBot.Tests.Fixtures;

namespace SreBot.Tests.Access;

public sealed class ChatStateStoreTests(PostgresFixture postgres)
{
    private static readonly CancellationToken Cancel = TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_turn_is_taken_once_and_is_known_for_ever()
    {
        var store = new ChatStateStore(await postgres.NewDatabaseAsync());
        var turn = Turn("E1") with { Action = new ChatAction("ask", "why?"), IsDirect = true };

        Assert.True(await store.StoreTurnAsync(turn, Cancel));
        Assert.False(await store.StoreTurnAsync(turn, Cancel));
        var taken = await store.TakeTurnAsync(TimeSpan.FromHours(1), Cancel);

        Assert.Equal(turn, taken!.Turn);
        Assert.Null(await store.TakeTurnAsync(TimeSpan.FromHours(1), Cancel));
        await store.CompleteTurnAsync(taken, Cancel);
        Assert.False(await store.StoreTurnAsync(turn, Cancel));
    }

    [Fact]
    public async Task A_turn_whose_worker_died_is_taken_again_and_a_renewed_one_is_not()
    {
        var store = new ChatStateStore(await postgres.NewDatabaseAsync());
        await store.StoreTurnAsync(Turn("E1"), Cancel);

        var first = await store.TakeTurnAsync(TimeSpan.FromSeconds(-1), Cancel);
        var second = await store.TakeTurnAsync(TimeSpan.FromSeconds(-1), Cancel);
        await store.RenewTurnAsync(second!, TimeSpan.FromHours(1), Cancel);

        Assert.Equal((1, 2), (first!.Attempt, second!.Attempt));
        Assert.Null(await store.TakeTurnAsync(TimeSpan.FromHours(1), Cancel));
    }

    [Fact]
    public async Task The_newest_reference_of_a_channel_counts()
    {
        var store = new ChatStateStore(await postgres.NewDatabaseAsync());
        var channel = new ChatAddress("teams", "tenant", "19:a@thread.tacv2");

        Assert.Null(await store.FindReferenceAsync(channel, Cancel));
        await store.SaveReferenceAsync(channel, """{"serviceUrl": "a"}""", Cancel);
        await store.SaveReferenceAsync(channel, """{"serviceUrl": "b"}""", Cancel);

        Assert.Equal("""{"serviceUrl": "b"}""", await store.FindReferenceAsync(channel, Cancel));
    }

    private static ChatTurn Turn(string id) => new()
    {
        EventId = id,
        Kind = ChatTurnKind.Message,
        Address = new ChatAddress("slack", "T1", "C1", "1.2"),
        User = new ChatUser("slack", "T1", "U1"),
        At = new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero),
    };
}
