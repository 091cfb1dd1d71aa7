using SreBot.Access;
using SreBot.Adapters.Chat;
using SreBot.Model;
using SreBot.Tests.Fixtures;

namespace SreBot.Tests.Alerts.Subscriptions;

public sealed class SubscriptionTests(PostgresFixture postgres, TelemetryFixture telemetry)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task On_Slack_a_person_is_told_in_their_own_chat_and_no_more_when_they_end_it()
    {
        using var house = await AlertHouse.NewAsync(postgres, telemetry);
        var desk = AlertDesk.Of(house);
        await house.RuleAsync("create latency max > 20 in Project_1 as slow");
        var ana = await AlertPeople.AdmitAsync(house, new ChatUser("slack", "T01", "U07", "Ana"));

        Assert.Equal("You are told of \"slow\" at slack:T01/U07; end it with: alert unsubscribe me from slow", (await desk.SayAsync("subscribe me to slow", ana)).Summary);
        await desk.SayAsync("subscribe me to slow", ana); // once is enough
        Assert.Equal(["slack:T01/U07"], await TargetsAsync(house));

        Assert.Equal("You are told of \"slow\" no more.", (await desk.SayAsync("unsubscribe me from slow", ana)).Summary);
        Assert.Empty(await TargetsAsync(house));
        Assert.Equal("You were not subscribed to \"slow\".", (await desk.SayAsync("unsubscribe me from slow", ana)).Summary);
    }

    [Fact]
    public async Task On_Teams_a_person_subscribes_where_they_write_to_the_bot_alone()
    {
        using var house = await AlertHouse.NewAsync(postgres, telemetry);
        var desk = AlertDesk.Of(house);
        await house.RuleAsync("create latency max > 20 in Project_1 as slow");
        var (alone, channel) = (new ChatAddress("teams", "tenant", "a:1alone"), new ChatAddress("teams", "tenant", "19:room@thread.tacv2", "17"));
        var references = new ChatStateStore(house.Postgres);
        await references.SaveReferenceAsync(alone, """{"serviceUrl":"https://smba.example","conversation":"a:1alone","isChannel":false,"isPersonal":true}""", Cancel);
        await references.SaveReferenceAsync(channel with { Thread = null }, """{"serviceUrl":"https://smba.example","conversation":"19:room@thread.tacv2","isChannel":true,"isPersonal":false}""", Cancel);
        var bob = await AlertPeople.AdmitAsync(house, new ChatUser("teams", "tenant", "object-7", "Bobby"), channel);

        await RefusedAsync("Write that to me directly, in our own chat", () => desk.SayAsync("subscribe me to slow", bob));
        await desk.SayAsync("subscribe me to slow", bob with { Address = alone });

        Assert.Equal(["teams:tenant/a:1alone"], await TargetsAsync(house));
    }

    [Fact]
    public async Task By_mail_a_receiver_that_may_know_is_needed()
    {
        using var house = await AlertHouse.NewAsync(postgres, telemetry);
        var desk = AlertDesk.Of(house);
        await house.RuleAsync("create latency max > 20 in Project_1 as slow");
        var ana = await AlertPeople.AdmitAsync(house, new ChatUser("web", "acme", "p1", "Ana"));

        await RefusedAsync("I cannot write to you alone here; have it mailed: alert subscribe me to \"slow\" by email", () => desk.SayAsync("subscribe me to slow", ana));
        await RefusedAsync("email:ana@example.org is no receiver of this organization", () => desk.SayAsync("subscribe me to slow by email ana@example.org", ana));
        await AlertPeople.ExecuteAsync(house, "INSERT INTO receiver (organization_id, target, address, projects, created_by) VALUES (@organization, 'email:ana@example.org', 'ana@example.org', ARRAY['Project_1'], 'test')", new { organization = house.Organization });
        await desk.SayAsync("subscribe me to slow by email ana@example.org", ana);

        Assert.Equal(["email:ana@example.org"], await TargetsAsync(house));
        Assert.Equal("You are told of \"slow\" no more.", (await desk.SayAsync("unsubscribe me from slow by email ana@example.org", ana)).Summary);
    }

    [Fact]
    public async Task Who_is_not_known_is_told_how_to_become_it()
    {
        using var house = await AlertHouse.NewAsync(postgres, telemetry);
        await house.RuleAsync("create latency max > 20 in Project_1 as slow");
        var stranger = house.Caller(id: Guid.Empty) with { User = new ChatUser("slack", "T01", "U99") };

        await RefusedAsync("sre-bot admit slack T01 U99", () => AlertDesk.Of(house).SayAsync("subscribe me to slow", stranger with { Principal = stranger.Principal with { Id = Guid.Empty } }));
    }

    private static Task<IReadOnlyList<string>> TargetsAsync(AlertHouse house) => house.QueryAsync<string>("SELECT target FROM subscription ORDER BY target");

    private static async Task RefusedAsync(string message, Func<Task> act) => Assert.Contains(message, (await Assert.ThrowsAsync<SreException>(act)).Message, StringComparison.Ordinal);
}
