using SreBot.Adapters.Chat;
using SreBot.Delivery;
using SreBot.Model;
using SreBot.Tests.Fixtures;

namespace SreBot.Tests.Delivery;

public sealed class TargetGuardTests(PostgresFixture postgres)
{
    private const string Own = "slack:T01/D07";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_receiver_is_told_of_its_projects_alone()
    {
        var house = await OutboxHouse.NewAsync(postgres);
        await house.ReceiverAsync("email ops@example.org");
        await house.ReceiverAsync("sms +4915112345678 for Project_1,Project_2");

        Assert.Null(await AskAsync(house, "email:ops@EXAMPLE.org", ["Project_1", "Project_3"]));
        Assert.Null(await AskAsync(house, "sms:+4915112345678", ["Project_2"]));
        Assert.Equal("sms:+4915112345678 may not be told of Project_3; an admin adds it again with those projects: receiver add … for …", await AskAsync(house, "sms:+4915112345678", ["Project_1", "Project_3"]));
        Assert.Equal("email:other@example.org is no receiver of this organization; an admin adds it with: receiver add email other@example.org", await AskAsync(house, "email:other@example.org", []));
    }

    [Fact]
    public async Task Another_organizations_receiver_is_none_here()
    {
        var house = await OutboxHouse.NewAsync(postgres);
        await house.ReceiverAsync("email ops@example.org");
        var other = await PostgresFixture.NewOrganizationAsync(house.Postgres, "other", "Project_9");
        await using var session = await house.Postgres.BeginAsync(other, Cancel);

        Assert.NotNull(await TargetGuard.RefusalAsync(session, other, "email:ops@example.org", ["Project_9"], Cancel));
        Assert.NotNull(await TargetGuard.RefusalAsync(session, house.Organization, "email:ops@example.org", ["Project_1"], Cancel));
    }

    [Theory]
    [InlineData("true", "{}", "[]", "", "Project_1,Project_3", true)]
    [InlineData("false", "{Project_1,Project_2}", "[]", "", "Project_1", true)]
    [InlineData("false", "{Project_1,Project_2}", "[]", "", "Project_1,Project_3", false)]
    [InlineData("false", "{Project_1}", "[]", "", "", false)]
    [InlineData("true", "{}", """[{"dimension":"platform","value":"mobile"}]""", "", "Project_1", false)]
    [InlineData("true", "{}", """[{"dimension":"platform","value":"mobile"}]""", "web", "Project_1", false)]
    [InlineData("true", "{}", """[{"dimension":"platform","value":"mobile"}]""", "mobile", "Project_1", true)]
    public async Task A_persons_own_chat_is_told_what_that_person_may_see(string all, string projects, string conditions, string platform, string about, bool isTold)
    {
        var house = await OutboxHouse.NewAsync(postgres);
        var filter = platform.Length == 0 ? Array.Empty<DimensionCondition>() : [new("region", "eu-west-1"), new("platform", platform)];
        string[] told = about.Length == 0 ? [] : about.Split(',');
        Assert.NotNull(await AskAsync(house, Own, told, filter));
        await SubscribeAsync(house, all, projects, conditions);

        Assert.Equal(isTold, await AskAsync(house, Own, told, filter) is null);

        await house.AddAsync("incident:1", 1, NotifyPayload.Handler, new NotifyPayload(ChatReply.Of("open"), null, told) { Filter = filter }, Own);
        await house.DeliverAsync();
        Assert.Equal(isTold ? ["open"] : [], house.Poster.Channel);
        Assert.Equal([$"incident:1 1 {(isTold ? "done" : "dead")}"], await house.RowsAsync());
    }

    [Fact]
    public async Task A_receiver_that_was_removed_is_not_told_what_already_waits()
    {
        var house = await OutboxHouse.NewAsync(postgres);
        await using var receiver = await LocalReceiver.StartAsync();
        house.Notifiers.Add(new SreBot.Delivery.Http.WebhookNotifier(house.Door, OutboxHouse.Links, house.Time));
        await house.ReceiverAsync($"webhook ops {receiver.Address}");
        await house.TellAsync("webhook:ops", "opened", 1);
        await house.Receivers.RemoveAsync(house.Admin, NotifyTarget.Parse("webhook:ops"), Cancel);

        await house.DeliverAsync();

        Assert.Empty(receiver.Requests);
        Assert.Equal(["incident:42 1 dead"], await house.RowsAsync());
    }

    private static async Task<string?> AskAsync(OutboxHouse house, string target, string[] projects, params DimensionCondition[] filter)
    {
        await using var session = await house.Postgres.BeginAsync(house.Organization, Cancel);
        return await TargetGuard.RefusalAsync(session, house.Organization, target, projects, filter, Cancel);
    }

    private static Task SubscribeAsync(OutboxHouse house, string all, string projects, string conditions) => house.ChangeAsync("""
        WITH person AS (
            INSERT INTO principal (organization_id, name, role, all_projects, projects, conditions)
            VALUES (@organization, 'Ben', 'sre', @all::boolean, @projects::text[], @conditions::jsonb)
            RETURNING id
        ), rule AS (
            INSERT INTO alert (organization_id, name, projects, metric, aggregate, comparator, threshold, time_window, created_by)
            VALUES (@organization, 'r', ARRAY['Project_1'], 'error_rate', 'ratio', '>', 5, 60000, 'test')
            RETURNING id
        )
        INSERT INTO subscription (organization_id, alert_id, principal_id, target)
        SELECT @organization, rule.id, person.id, @target FROM person, rule
        """, new { organization = house.Organization, all, projects, conditions, target = Own });
}
