using SreBot.Adapters.Chat;
using SreBot.Delivery;
using SreBot.Model;
using SreBot.Tests.Fixtures;

namespace SreBot.Tests.Delivery;

public sealed class DeliveryCommandTests(PostgresFixture postgres)
{
    [Fact]
    public async Task Shows_what_was_given_up_and_what_waits_with_the_reason_and_sends_it_again()
    {
        var house = await OutboxHouse.NewAsync(postgres);
        house.Poster.Next(new PostOutcome.GaveUp("The channel is archived."));
        await AddAsync(house, 1, "Project_1");
        await house.DeliverAsync();
        house.Poster.Next(new PostOutcome.TryAgain("Slack is slow."));
        await AddAsync(house, 2, "Project_1");
        await house.DeliverAsync();

        var listed = await SayAsync(house, "list");

        Assert.Equal("1 message given up, 1 message waiting after a failure.", listed.Summary);
        var tables = listed.Blocks.OfType<ReplyTable>().ToList();
        Assert.Equal(["incident:1", OutboxHouse.Target, "1", "The channel is archived."], Assert.Single(tables[0].Rows).Skip(1));
        Assert.Equal(["incident:2", OutboxHouse.Target, "1", "Slack is slow."], Assert.Single(tables[1].Rows).Skip(1));

        Assert.Equal("1 message is sent again.", (await SayAsync(house, "again all")).Summary);
        Assert.Equal($"Message {tables[1].Rows[0][0]} is sent again.", (await SayAsync(house, $"again {tables[1].Rows[0][0]}")).Summary);
        await house.DeliverAsync();

        Assert.Equal(["incident:1 1 done", "incident:2 1 done"], await house.RowsAsync());
        Assert.Equal("Everything was delivered; nothing waits after a failure.", (await SayAsync(house, "")).Summary);
    }

    [Fact]
    public async Task A_person_sees_and_sends_again_what_tells_of_their_projects_alone()
    {
        var house = await OutboxHouse.NewAsync(postgres);
        await AddAsync(house, 1, "Project_1", "slack:T01/C99");
        await AddAsync(house, 2, "Project_2", "slack:T01/C99");
        await house.AddAsync("tick:1", 1, "unknown", new { }, "self");
        await house.DeliverAsync();
        var scope = house.Admin.Scope with { Role = Role.Sre, SeesAllProjects = false, Projects = ["Project_1"] };

        var listed = await SayAsync(house, "list", scope);
        var other = (await house.QueryAsync<long>("SELECT id FROM outbox WHERE subject = 'incident:2'"))[0];

        Assert.Equal("incident:1", Assert.Single(Assert.Single(listed.Blocks.OfType<ReplyTable>()).Rows)[1]);
        Assert.Equal(SreErrorKind.NotFound, (await Assert.ThrowsAsync<SreException>(() => SayAsync(house, $"again {other}", scope))).Kind);
        Assert.Equal("1 message is sent again.", (await SayAsync(house, "again all", scope)).Summary);
        Assert.Equal(["incident:1 1 waiting", "incident:2 1 dead", "tick:1 1 dead"], await house.RowsAsync());
        Assert.Equal(SreErrorKind.Forbidden, (await Assert.ThrowsAsync<SreException>(() => SayAsync(house, "list", scope with { Role = Role.Viewer }))).Kind);
        Assert.Empty((await SayAsync(house, "list", scope with { Conditions = [new("platform", "mobile")] })).Blocks.OfType<ReplyTable>());
    }

    private static Task AddAsync(OutboxHouse house, int incident, string project, string target = OutboxHouse.Target) =>
        house.AddAsync($"incident:{incident}", 1, NotifyPayload.Handler, new NotifyPayload(ChatReply.Of("open"), null, [project]), target);

    private static Task<ChatReply> SayAsync(OutboxHouse house, string text, AccessScope? scope = null)
    {
        var principal = house.Admin with { Scope = scope ?? house.Admin.Scope };
        return new DeliveryCommand(new OutboxHealth(house.Postgres, house.Signal), house.Time).HandleAsync(text, new Caller(principal, principal.Scope, null, null), TestContext.Current.CancellationToken);
    }
}
