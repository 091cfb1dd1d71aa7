using System.Diagnostics;
using SreBot.Adapters.Chat;
using SreBot.Delivery;
using SreBot.Incidents;
using SreBot.Model;
using SreBot.Tests.Fixtures;

namespace SreBot.Tests.Incidents;

public sealed class StormTests(PostgresFixture postgres)
{
    private const string Other = "slack:T01/C03";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Many_alerts_at_once_are_one_message_one_investigation_and_one_incident()
    {
        using var house = await IncidentHouse.NewAsync(postgres);
        Storm(house, 12);

        await house.TickAsync();

        var storm = await house.OneAsync();
        Assert.Equal((true, "critical", "12 alerts at once, all on Server_9"), (storm.IsStorm, storm.Severity, storm.Title));
        Assert.Equal([$"{storm.Number} open: {storm.Title}"], house.Poster.Channel);
        Assert.Equal(["incident:1 1 dead"], await house.Outbox.QueryAsync<string>("SELECT subject || ' ' || sequence || ' ' || status FROM outbox WHERE handler = 'investigate'"));
        Assert.Equal(["server_id=Server_9", "platform=web"], storm.Filter.Select(condition => $"{condition.Dimension}={condition.Value}"));
        Assert.Equal(12, (await house.Incidents.MembersAsync(house.Scope, storm, Cancel)).Count);
    }

    [Fact]
    public async Task Five_thousand_five_hundred_rules_in_one_tick_are_one_message_a_channel_in_seconds()
    {
        using var house = await IncidentHouse.NewAsync(postgres);
        await LinkOtherAsync(house, "Project_1", "Project_2", "Project_3");
        foreach (var number in Enumerable.Range(0, 5500))
        {
            house.Episodes.Add(house.Now, number % 2 == 0 ? [OutboxHouse.Target] : [OutboxHouse.Target, Other], number % 100 < 90 ? "Server_9" : $"Server_{number}");
        }

        var started = Stopwatch.GetTimestamp();
        await house.TickAsync();
        var took = Stopwatch.GetElapsedTime(started);

        TestContext.Current.TestOutputHelper!.WriteLine($"5,500 episodes: {took.TotalSeconds:0.00} s");
        Assert.Equal(["INC-1 open: 5,500 alerts at once: 4,950 on Server_9", "INC-1 open: 2,750 alerts at once: 2,475 on Server_9"], house.Poster.Channel.OrderDescending());
        Assert.Single(await house.AllAsync());
        Assert.Equal([5500L], await house.Outbox.QueryAsync<long>("SELECT count(*) FROM incident_member"));
        Assert.True(took < TimeSpan.FromSeconds(20), $"It took {took}.");
    }

    [Fact]
    public async Task As_many_for_as_many_channels_are_as_many_incidents_in_seconds()
    {
        using var house = await IncidentHouse.NewAsync(postgres);
        foreach (var number in Enumerable.Range(0, 5500))
        {
            house.Episodes.Add(house.Now, [$"slack:T01/D{number / 10}"]);
        }

        var started = Stopwatch.GetTimestamp();
        await Handle(house);
        var took = Stopwatch.GetElapsedTime(started);

        TestContext.Current.TestOutputHelper!.WriteLine($"5,500 incidents: {took.TotalSeconds:0.00} s");
        Assert.Equal([(5500L, 5500L, 5500L)], await house.Outbox.QueryAsync<(long, long, long)>("""
            SELECT count(DISTINCT i.id), count(*) FILTER (WHERE o.handler = 'notify'), count(*) FILTER (WHERE o.handler = 'investigate')
            FROM incident i
            JOIN outbox o ON o.subject = 'incident:' || i.id
            """));
        Assert.True(took < TimeSpan.FromSeconds(20), $"It took {took}.");
    }

    [Fact]
    public async Task A_repeat_a_race_and_a_crash_half_way_change_nothing()
    {
        using var house = await IncidentHouse.NewAsync(postgres);
        Storm(house, 12);
        house.Episodes.Add(house.Now, [Other]);
        var last = house.Episodes.All[11];
        house.Episodes.All[11] = last with { Title = "\0" }; // PostgreSQL refuses it when the incidents are written already
        await Assert.ThrowsAnyAsync<Npgsql.PostgresException>(() => Handle(house));
        Assert.Empty(await house.AllAsync());
        Assert.Equal([0L], await house.Outbox.QueryAsync<long>("SELECT count(*) FROM incident_member"));
        Assert.Empty(await house.Outbox.RowsAsync());
        house.Episodes.All[11] = last;

        await Task.WhenAll(Handle(house), Handle(house), Handle(house));
        var rows = await house.Outbox.RowsAsync();
        await Handle(house);

        Assert.Equal(2, (await house.AllAsync()).Count);
        Assert.Equal(rows, await house.Outbox.RowsAsync());
        Assert.Equal(4, rows.Count); // each its message and its investigation
    }

    [Fact]
    public async Task A_channel_is_told_of_its_own_alerts_alone()
    {
        using var house = await IncidentHouse.NewAsync(postgres);
        await LinkOtherAsync(house, "Project_3");
        Storm(house, 11);
        foreach (var _ in Enumerable.Range(0, 11))
        {
            house.Episodes.Add(house.Now, [Other], "Server_3", "Project_3");
        }

        house.Episodes.Add(house.Now, [Other, OutboxHouse.Target], "Server_3", "Project_3");
        await house.TickAsync();
        await FindAsync(house);

        var other = Assert.Single(await house.ToldAsync(Other));
        Assert.Equal(["Project_3"], other.Projects!);
        Assert.Equal("12 alerts at once, all on Server_3", other.Facts!.Title);
        Assert.Null(other.Facts.Finding);
        Assert.DoesNotContain("Project_1", System.Text.Json.JsonSerializer.Serialize(other, SreJson.Options), StringComparison.Ordinal);
        Assert.Equal(["ask"], other.Message.Blocks.OfType<ReplyButtons>().Single().Buttons.Select(button => button.Verb));
        Assert.Equal(["INC-1 open: 11 alerts at once, all on Server_9", "INC-1 open: 12 alerts at once, all on Server_3"], house.Poster.Channel.Order()); // the first may not hear of Project_3, which a rule sends there
    }

    [Fact]
    public async Task A_channel_that_may_hear_of_none_of_it_is_told_nothing_and_that_is_seen()
    {
        using var house = await IncidentHouse.NewAsync(postgres);
        foreach (var _ in Enumerable.Range(0, 11))
        {
            house.Episodes.Add(house.Now, [OutboxHouse.Target], "Server_3", "Project_3");
        }

        await house.TickAsync();

        Assert.Empty(house.Poster.Channel);
        Assert.Contains("not linked to Project_3", Assert.Single(await house.Outbox.QueryAsync<string>("SELECT last_error FROM outbox WHERE handler = 'notify' AND status = 'dead'")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_sees_some_of_its_projects_sees_those_members_and_changes_nothing()
    {
        using var house = await IncidentHouse.NewAsync(postgres);
        Storm(house, 11);
        house.Episodes.Add(house.Now, [OutboxHouse.Target], "Server_3", "Project_2");
        await house.TickAsync();
        await FindAsync(house);
        var scope = house.Scope.CutTo(["Project_2"]);

        var seen = (await house.Incidents.FindAsync(scope, 1, Cancel))!;

        Assert.Equal((true, "latency max 84 ms > 12 ms in Project_2 on Server_3", null), (seen.IsPart, seen.Title, seen.Finding));
        Assert.Equal(["Project_2"], Assert.Single(await house.Incidents.MembersAsync(scope, seen, Cancel)).Projects);
        Assert.Equal(["Project_2"], Assert.Single(await house.Incidents.RecentAsync(scope, 10, Cancel)).Projects);
        Assert.Equal(SreErrorKind.Forbidden, (await Assert.ThrowsAsync<SreException>(() => house.Changes.ResolveAsync(house.Caller(scope: scope), 1, Cancel))).Kind);
        Assert.Null(await house.Incidents.FindAsync(house.Scope.CutTo(["Project_3"]), 1, Cancel));
        Assert.Null(await house.Incidents.FindAsync(house.Scope with { Conditions = [new("server_id", "Server_9")] }, 1, Cancel)); // one member is on another server
        Assert.NotNull(await house.Incidents.FindAsync(house.Scope with { Conditions = [new("platform", "web")] }, 1, Cancel));
    }

    [Fact]
    public async Task It_shows_how_many_are_over_and_is_resolved_with_the_last()
    {
        using var house = await IncidentHouse.NewAsync(postgres);
        Storm(house, 12);
        await house.TickAsync();
        await house.AdvanceAsync(TimeSpan.FromMinutes(1));

        await house.EndAsync(house.Episodes.All.Take(7));
        await house.AdvanceAsync(TimeSpan.FromSeconds(5));
        var partly = await house.ToldAsync();
        await house.AdvanceAsync(TimeSpan.FromMinutes(1));
        await house.EndAsync(house.Episodes.All.Skip(7));
        await house.AdvanceAsync(TimeSpan.FromSeconds(5));

        Assert.Equal(["opened", "changed", "resolved"], await house.EventsAsync());
        Assert.Contains(partly[^1].Message.Blocks.OfType<ReplySection>().SelectMany(section => section.Bullets), bullet => bullet.ToString() == "7 of 12 over");
        Assert.Equal("INC-1 is resolved after 3 min: all of its alerts are over.", Assert.Single(house.Poster.Thread));
        Assert.Single(house.Poster.Channel);
        Assert.Equal(("resolved", "sre-bot"), (await house.OneAsync() is var one ? (one.Status, one.ResolvedBy) : default));
    }

    [Fact]
    public async Task What_starts_within_five_minutes_joins_it_and_later_stands_for_itself()
    {
        using var house = await IncidentHouse.NewAsync(postgres);
        Storm(house, 12);
        await house.TickAsync();
        await house.AdvanceAsync(TimeSpan.FromMinutes(1));

        house.Episodes.Add(house.Now, [OutboxHouse.Target], "Server_9", "Project_2");
        Storm(house, 20);
        await house.TickAsync();
        await house.AdvanceAsync(TimeSpan.FromMinutes(5));
        house.Episodes.Add(house.Now, [OutboxHouse.Target]);
        await house.TickAsync();

        Assert.Equal(["1 33 Project_1,Project_2", "2 0 Project_1"], await house.Outbox.QueryAsync<string>(
            "SELECT id || ' ' || (SELECT count(*) FROM incident_member m WHERE m.incident_id = i.id) || ' ' || array_to_string(projects, ',') FROM incident i ORDER BY id"));
        Assert.Equal(["INC-1: 21 more alerts joined; 33 in all."], house.Poster.Thread);
        Assert.Equal(2, house.Poster.Channel.Count());
    }

    [Fact]
    public async Task An_acknowledged_storm_takes_in_nothing_more()
    {
        using var house = await IncidentHouse.NewAsync(postgres);
        Storm(house, 12);
        await house.TickAsync();
        await house.Changes.AcknowledgeAsync(house.Caller(), 1, Cancel);
        await house.AdvanceAsync(TimeSpan.FromMinutes(1));

        house.Episodes.Add(house.Now, [OutboxHouse.Target]);
        await house.TickAsync();

        Assert.Equal(2, (await house.AllAsync()).Count);
    }

    [Fact]
    public async Task Waits_for_every_shard()
    {
        using var house = await IncidentHouse.NewAsync(postgres);
        Storm(house, 2);
        house.Episodes.AllPassed = false;

        var outcome = await Handle(house);

        Assert.IsType<OutboxOutcome.TryAgain>(outcome);
        Assert.Empty(await house.AllAsync());
    }

    [Fact]
    public async Task It_is_said_again_once_a_tick_and_escalated_for_the_rules_that_say_so()
    {
        using var house = await IncidentHouse.NewAsync(postgres);
        await LinkOtherAsync(house, "Project_1", "Project_2");
        Storm(house, 11);
        house.Episodes.Add(house.Now, [OutboxHouse.Target], "Server_3", "Project_2", new EscalationStep(TimeSpan.FromMinutes(10), Other));
        await house.TickAsync();
        await house.AdvanceAsync(TimeSpan.FromMinutes(9));
        foreach (var episode in house.Episodes.All)
        {
            await house.TellAsync(episode, IncidentChange.Repeated);
        }

        await house.DeliverAsync();
        await house.AdvanceAsync(TimeSpan.FromMinutes(1));

        Assert.Equal(["opened", "repeated", "escalated"], await house.EventsAsync());
        var escalated = Assert.Single(await house.ToldAsync(Other));
        Assert.Equal(["Project_2"], escalated.Projects!);
        Assert.Equal(("escalated", "latency max 84 ms > 12 ms in Project_2 on Server_3"), (escalated.Facts!.Event, escalated.Facts.Title));
    }

    private static void Storm(IncidentHouse house, int count)
    {
        foreach (var _ in Enumerable.Range(0, count))
        {
            house.Episodes.Add(house.Now, [OutboxHouse.Target]);
        }
    }

    private static Task<OutboxOutcome> Handle(IncidentHouse house) => house.Handlers[0].HandleAsync(
        new OutboxItem(1, house.Outbox.Organization, "tick:1", 1, EpisodesPayload.Handler, "self", System.Text.Json.JsonSerializer.Serialize(new EpisodesPayload(house.Now), SreJson.Options), 1, house.Now, true) { Fence = 1 }, Cancel);

    private static async Task FindAsync(IncidentHouse house)
    {
        await house.Outbox.AddAsync("incident:1", 1, IncidentPayload.Handler, new IncidentPayload
        {
            Change = IncidentChange.Findings, AlertId = Guid.Empty, EpisodeId = Guid.Empty, At = house.Now, IncidentId = 1, Finding = "Server_9 of Project_1 is slow.", InvestigationId = Guid.NewGuid(),
        }, "self");
        await house.DeliverAsync();
    }

    private static Task LinkOtherAsync(IncidentHouse house, params string[] projects) => house.Outbox.ExecuteAsync("""
        INSERT INTO channel_link (organization_id, platform, workspace, channel, project_id, linked_by)
        SELECT @organization, 'slack', 'T01', 'C03', unnest(@projects), 'test'
        """, new { organization = house.Outbox.Organization, projects });
}
