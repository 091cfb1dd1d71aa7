using SreBot.Access;
using SreBot.Adapters.Chat;
using SreBot.Adapters.Web;
using SreBot.Postgres;
using SreBot.Tests.Fixtures;

namespace SreBot.Tests.Access;

public sealed class WebConsoleStoreTests(PostgresFixture postgres) : IAsyncLifetime
{
    private static readonly CancellationToken Cancel = TestContext.Current.CancellationToken;

    private PostgresDatabase database = null!;
    private WebConsoleStore store = null!;

    public async ValueTask InitializeAsync()
    {
        database = await postgres.NewDatabaseAsync();
        await PostgresFixture.NewOrganizationAsync(database, "ours");
        await PostgresFixture.NewOrganizationAsync(database, "theirs");
        store = new WebConsoleStore(database);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task A_reply_comes_back_as_it_was_sent()
    {
        var at = new DateTimeOffset(2026, 1, 2, 3, 4, 0, TimeSpan.Zero);
        var reply = new ChatReply
        {
            Summary = "Slow",
            Blocks =
            [
                new ReplySection { Title = "Cause", Bullets = [ReplyText.Of(ReplyRun.Code("Server_9"), " is slow")] },
                new ReplyTable("Peers", ["server"], [["Server_9"]], []),
                new ReplyChart("p95", "ms", "rises", [new ReplySeries("Server_9", [new ReplyPoint(at, 4.5), new ReplyPoint(at, null)])]) { Threshold = 20 },
                new ReplyButtons([new ReplyButton("Acknowledge", "incident.acknowledge", "1", ReplyButtonStyle.Primary)]),
            ],
        };

        var added = await store.AddAsync(Draft("Slow", "k1") with { Reply = reply }, Cancel);
        var read = Assert.Single(await store.ReadAsync(Visitor("1"), "incidents", 0, 10, Cancel));

        Assert.Equal(added.Id, read.Id);
        Assert.Equal(System.Text.Json.JsonSerializer.Serialize(reply), System.Text.Json.JsonSerializer.Serialize(read.Reply));
    }

    [Fact]
    public async Task A_known_key_is_the_message_that_is_there()
    {
        var first = await store.AddAsync(Draft("one", "k1"), Cancel);
        var again = await store.AddAsync(Draft("two", "k1"), Cancel);

        Assert.Equal((first.Id, "one"), (again.Id, again.Text));
        Assert.Equal(first.Id, (await store.FindAsync("ours", "incidents", "k1", Cancel))!.Id);
        Assert.Null(await store.FindAsync("theirs", "incidents", "k1", Cancel));
    }

    [Fact]
    public async Task An_edit_is_seen_by_those_who_read_on()
    {
        var first = await store.AddAsync(Draft("one", null), Cancel);
        var second = await store.AddAsync(Draft("two", null), Cancel);
        await store.UpdateAsync("ours", first.Id, ChatReply.Of("edited"), Cancel);

        var changed = Assert.Single(await store.ReadAsync(Visitor("1"), "incidents", second.Revision, 10, Cancel));

        Assert.Equal((first.Id, "edited"), (changed.Id, changed.Text));
        Assert.NotNull(changed.EditedAt);
    }

    [Fact]
    public async Task A_private_message_is_its_persons_alone_and_an_organization_keeps_to_itself()
    {
        await store.AddAsync(Draft("for one", null) with { PrivateTo = "1" }, Cancel);

        Assert.Single(await store.ReadAsync(Visitor("1"), "incidents", 0, 10, Cancel));
        Assert.Empty(await store.ReadAsync(Visitor("2"), "incidents", 0, 10, Cancel));
        Assert.Empty(await store.ReadAsync(Visitor("1", "theirs"), "incidents", 0, 10, Cancel));
    }

    private static WebMessageDraft Draft(string text, string? key) => new("ours", "incidents", null, null, "sre-bot", true, text, null, key);

    private static WebVisitor Visitor(string id, string workspace = "ours") => new(new ChatUser("web", workspace, id), workspace, false, ["incidents"]);
}
