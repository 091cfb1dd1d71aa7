using SreBot.Adapters.Chat;
using SreBot.Incidents;
using SreBot.Model;
using SreBot.Tests.Fixtures;

namespace SreBot.Tests.Incidents;

public sealed class IncidentActTests(PostgresFixture postgres)
{
    private const string Pager = "slack:T01/C03";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_snoozed_incident_is_said_again_when_the_time_is_over()
    {
        using var house = await OpenAsync();

        Assert.Equal("INC-1 is snoozed by Ana, until 2026-01-05 12:00 UTC.", await SayAsync(house, "snooze INC-1 2h"));
        Assert.Equal("INC-1 open, snoozed: latency max 84 ms > 1 ms in Project_1 on Server_9", (await house.ToldAsync())[^1].Message.Summary);
        await house.TellAsync(house.Episodes.All[0], IncidentChange.Repeated);
        await house.AdvanceAsync(TimeSpan.FromMinutes(119));
        Assert.Equal(["opened", "snoozed"], await house.EventsAsync());
        await house.AdvanceAsync(TimeSpan.FromMinutes(1));

        Assert.Equal(["opened", "snoozed", "repeated"], await house.EventsAsync());
        Assert.Equal("The snooze is over and INC-1 is still open: latency max 84 ms > 1 ms in Project_1 on Server_9.", house.Poster.Thread.Last());
        Assert.Null((await house.OneAsync()).SnoozedUntil);
    }

    [Fact]
    public async Task Only_its_end_is_said_of_what_is_snoozed_until_then()
    {
        using var house = await OpenAsync(new EscalationStep(TimeSpan.FromMinutes(10), Pager));

        Assert.Equal("INC-1 is snoozed by Ana, until it is resolved.", await SayAsync(house, "snooze INC-1 until resolved"));
        Assert.Equal("INC-1 is snoozed already by Ana, until it is resolved.", await SayAsync(house, "snooze INC-1"));
        await house.AdvanceAsync(TimeSpan.FromDays(40));
        Assert.Equal(["open, snoozed"], (await house.AllAsync()).Select(IncidentMessage.Status));
        await house.EndAsync(house.Episodes.All[0]);

        Assert.Equal(["opened", "snoozed", "resolved"], await house.EventsAsync());
        Assert.Empty(await house.ToldAsync(Pager));
        Assert.Null((await house.OneAsync()).SnoozedUntil);
    }

    [Fact]
    public async Task A_finding_waits_for_the_end_of_the_snooze()
    {
        using var house = await OpenAsync();
        await SayAsync(house, "snooze INC-1 10m");

        await FindAsync(house);
        Assert.Equal(["opened", "snoozed"], await house.EventsAsync());
        await house.AdvanceAsync(TimeSpan.FromMinutes(10));

        var said = (await house.ToldAsync())[^1];
        Assert.Equal(("repeated", "Server_9 is slow."), (said.Facts!.Event, said.Facts.Finding));
    }

    [Fact]
    public async Task A_new_snooze_takes_the_place_of_the_old_and_a_person_may_end_it()
    {
        using var house = await OpenAsync();
        await SayAsync(house, "snooze INC-1 1h");
        await SayAsync(house, "snooze INC-1 30m");

        await house.AdvanceAsync(TimeSpan.FromMinutes(30));
        Assert.Equal(["opened", "snoozed", "snoozed", "repeated"], await house.EventsAsync());
        await house.AdvanceAsync(TimeSpan.FromMinutes(30));
        Assert.Equal(4, (await house.EventsAsync()).Count);
        await SayAsync(house, "snooze INC-1 1d");
        Assert.Equal("INC-1 is no longer snoozed: Ana ended it.", await SayAsync(house, "unsnooze INC-1"));
        Assert.Equal("INC-1 is not snoozed.", await SayAsync(house, "unsnooze INC-1"));
        await house.AdvanceAsync(TimeSpan.FromDays(2));

        Assert.Equal(["snoozed", "changed"], (await house.EventsAsync()).Skip(4));
    }

    [Fact]
    public async Task Nobody_acknowledged_it_so_the_next_target_is_told_once()
    {
        using var house = await OpenAsync(new EscalationStep(TimeSpan.FromMinutes(10), Pager), new EscalationStep(TimeSpan.FromMinutes(20), "email:boss@example.com"));
        await LinkPagerAsync(house);
        await house.AdvanceAsync(TimeSpan.FromMinutes(9));
        Assert.Single(house.Poster.Channel);
        await house.AdvanceAsync(TimeSpan.FromMinutes(1));
        await house.Outbox.ExecuteAsync("UPDATE outbox SET status = 'waiting', lease_until = NULL WHERE handler = 'escalate'");
        await house.DeliverAsync();
        Assert.Equal(["C02", "C03"], house.Poster.Messages.Where(message => message.Address.Thread is null).Select(message => message.Address.Channel));
        Assert.Equal([$"INC-1 is escalated: nobody acknowledged it within 10 min, so {Pager} is told too."], house.Poster.Thread);

        await house.AdvanceAsync(TimeSpan.FromMinutes(10));

        Assert.Equal(["escalated"], await house.EventsAsync("email:boss@example.com"));
        Assert.Equal([OutboxHouse.Target, Pager, "email:boss@example.com"], (await house.OneAsync()).Targets);
    }

    [Theory]
    [InlineData("ack INC-1")]
    [InlineData("resolve INC-1")]
    public async Task Who_acts_in_time_stops_repeats_and_escalation(string command)
    {
        using var house = await OpenAsync(new EscalationStep(TimeSpan.FromMinutes(10), Pager));
        await SayAsync(house, command);
        await house.TellAsync(house.Episodes.All[0], IncidentChange.Repeated);

        await house.AdvanceAsync(TimeSpan.FromHours(1));

        Assert.Equal(2, (await house.EventsAsync()).Count);
        Assert.Empty(await house.ToldAsync(Pager));
    }

    [Fact]
    public async Task Escalation_waits_for_the_end_of_a_snooze()
    {
        using var house = await OpenAsync(new EscalationStep(TimeSpan.FromMinutes(10), Pager));
        await SayAsync(house, "snooze INC-1 30m");
        await house.AdvanceAsync(TimeSpan.FromMinutes(29));
        Assert.Empty(await house.ToldAsync(Pager));

        await house.AdvanceAsync(TimeSpan.FromMinutes(1));

        Assert.Equal("escalated", (await house.EventsAsync(Pager))[0]);
    }

    [Fact]
    public async Task A_reminder_is_a_reply_and_said_once_however_often_its_row_comes()
    {
        using var house = await OpenAsync();
        await house.AdvanceAsync(TimeSpan.FromMinutes(30));
        await house.TellAsync(house.Episodes.All[0], IncidentChange.Repeated);
        await house.DeliverAsync();
        await house.Outbox.ExecuteAsync("UPDATE outbox SET status = 'waiting', lease_until = NULL WHERE handler = 'incident'");
        await house.DeliverAsync();

        Assert.Equal(["Reminder: INC-1 is still open after 31 min, and nobody has acknowledged it."], house.Poster.Thread);
        Assert.Equal((1, 2), (await house.OneAsync() is var one ? (one.Reminders, one.Version) : default));
    }

    [Fact]
    public async Task An_end_that_comes_before_its_beginning_waits_for_it()
    {
        using var house = await IncidentHouse.NewAsync(postgres);
        var episode = house.Episodes.Add(house.Now, [OutboxHouse.Target]);
        await house.EndAsync(episode);
        await house.TickAsync();

        await house.AdvanceAsync(TimeSpan.FromMinutes(1));

        Assert.Equal("resolved", (await house.OneAsync()).Status);
        Assert.Empty(await house.Outbox.QueryAsync<string>("SELECT subject FROM outbox WHERE status = 'dead' AND handler = 'incident'"));
    }

    [Fact]
    public async Task A_ticket_is_shown_in_the_message_and_told_to_every_receiver()
    {
        using var house = await OpenAsync();

        Assert.Equal("INC-1 has a ticket now: https://tickets.example/OPS-7", await SayAsync(house, "ticket INC-1 <https://tickets.example/OPS-7>"));
        Assert.Equal("INC-1 has that ticket already.", await SayAsync(house, "ticket INC-1 https://tickets.example/OPS-7"));

        var told = (await house.ToldAsync())[^1];
        Assert.Equal(("changed", "https://tickets.example/OPS-7"), (told.Facts!.Event, told.Facts.TicketUrl));
        Assert.Contains(told.Message.Blocks.OfType<ReplySection>().SelectMany(section => section.Bullets).SelectMany(bullet => bullet.Runs), run => run.Url == "https://tickets.example/OPS-7");
        Assert.Equal("INC-1 has no ticket any more: Ana took it away.", await SayAsync(house, "ticket INC-1 none"));
        foreach (var wrong in (string[])["javascript:alert(1)", "file:///etc/passwd", "OPS-7", "https://" + new string('x', 600)])
        {
            Assert.Equal(SreErrorKind.Invalid, (await Assert.ThrowsAsync<SreException>(() => SayAsync(house, $"ticket INC-1 {wrong}"))).Kind);
        }
    }

    [Fact]
    public async Task The_facts_say_what_a_receiver_without_chat_needs()
    {
        using var house = await OpenAsync();
        await FindAsync(house);

        var facts = (await house.ToldAsync())[^1].Facts!;

        Assert.Equal(("diagnosed", "INC-1", "critical", "open", "rule 1"), (facts.Event, facts.Key, facts.Severity, facts.Status, facts.Alert));
        Assert.Equal(("Server_9", "Server_9 is slow.", "/incidents/1", "https://runbooks.example/slow"), (facts.Server, facts.Finding, facts.Page, facts.RunbookUrl));
        Assert.Equal((house.Now.AddMinutes(-1), house.Now), (facts.StartedAt!.Value, facts.At));
        Assert.Equal(["Project_1"], facts.Projects);
    }

    [Fact]
    public async Task The_diagnosis_brings_its_chart_into_the_thread()
    {
        using var house = await OpenAsync();
        await FindAsync(house);

        Assert.Equal("latency of Server_9", (await house.ToldAsync())[^1].Change!.Blocks.OfType<ReplyChart>().Single().Title);
        Assert.Equal("Server_9 is slow.", Assert.Single(house.Poster.Thread));
    }

    [Fact]
    public async Task The_planners_button_works_for_the_asker_alone_and_once()
    {
        using var house = await OpenAsync();
        var plan = (await house.Confirmations.KeepAsync(house.Caller(), IncidentConfirm.ButtonVerb, new IncidentPlan(1, "snooze", TimeSpan.FromHours(1)), Cancel)).ToString();
        var confirm = new IncidentConfirm(house.Outbox.Postgres, house.Confirmations, house.Changes, house.Signal);

        await RefusedAsync(SreErrorKind.Forbidden, () => confirm.HandleAsync(plan, house.Caller("Robert"), Cancel));
        await RefusedAsync(SreErrorKind.Forbidden, () => confirm.HandleAsync(plan, house.Caller(scope: house.Scope with { Role = Role.Viewer }), Cancel));
        Assert.Equal("INC-1 is snoozed by Ana, until 2026-01-05 11:00 UTC.", (await confirm.HandleAsync(plan, house.Caller(), Cancel)).Summary);
        await RefusedAsync(SreErrorKind.Conflict, () => confirm.HandleAsync(plan, house.Caller(), Cancel));
        var old = (await house.Confirmations.KeepAsync(house.Caller(), IncidentConfirm.ButtonVerb, new IncidentPlan(1, "resolve"), Cancel)).ToString();
        await house.AdvanceAsync(TimeSpan.FromMinutes(16));
        await RefusedAsync(SreErrorKind.Conflict, () => confirm.HandleAsync(old, house.Caller(), Cancel));

        Assert.Equal("open", (await house.OneAsync()).Status);
    }

    [Fact]
    public async Task What_an_alert_has_open_is_acknowledged_and_snoozed_together()
    {
        using var house = await OpenAsync();
        var actions = new IncidentActions(house.Incidents, house.Changes);
        var alert = house.Episodes.All[0].AlertId!.Value;

        Assert.Equal("INC-1 is acknowledged by Ana.", await actions.AcknowledgeAsync(house.Caller(), alert, Cancel));
        Assert.Equal("INC-1 is snoozed by Ana, until it is resolved.", await actions.SnoozeAsync(house.Caller(), alert, null, Cancel));
        Assert.Equal("The alert has no open incident that you can see.", await actions.AcknowledgeAsync(house.Caller(), Guid.NewGuid(), Cancel));
        Assert.Equal("The alert has no open incident that you can see.", await actions.AcknowledgeAsync(house.Caller(scope: house.Scope.CutTo(["Project_2"])), alert, Cancel));
        await RefusedAsync(SreErrorKind.Forbidden, () => actions.AcknowledgeAsync(house.Caller(scope: house.Scope with { Role = Role.Viewer }), alert, Cancel));
    }

    [Fact]
    public async Task The_list_can_be_narrowed()
    {
        using var house = await OpenAsync();
        house.Episodes.Add(house.Now.AddMinutes(1), [OutboxHouse.Target], project: "Project_2");
        await house.AdvanceAsync(TimeSpan.FromMinutes(1));
        await house.TickAsync();
        await SayAsync(house, "ack INC-2");
        await SayAsync(house, "snooze INC-1");

        Assert.Equal(["INC-2", "INC-1"], await ListAsync(""));
        Assert.Equal(["INC-1"], await ListAsync(" open"));
        Assert.Equal(["INC-1"], await ListAsync(" snoozed"));
        Assert.Equal(["INC-2"], await ListAsync(" acknowledged in Project_2"));
        Assert.Equal(["INC-2"], await ListAsync(" in Project_2"));
        Assert.Equal("There are no resolved incidents in Project_2.", await SayAsync(house, "list in Project_2 resolved"));
        Assert.Equal("One of the open incidents: INC-1.", await SayAsync(house, "list open"));

        async Task<IEnumerable<string>> ListAsync(string filter) =>
            (await Commands(house).HandleAsync($"list{filter}", house.Caller(), Cancel)).Blocks.OfType<ReplyTable>().Single().Rows.Select(row => row[0]);
    }

    [Theory]
    [InlineData("show", "Word 2 should be an incident; for example: incident show INC-7")]
    [InlineData("dance", "Word 1 should be list, show, ack, snooze, unsnooze, ticket or resolve; for example: incident show INC-7")]
    [InlineData("ack INC-1 now", "Word 3 should be nothing more; for example: incident ack INC-1")]
    [InlineData("list broken", "Word 2 should be open, acknowledged, resolved, unresolved, snoozed, or in and a project; for example: incident list open in Project_1")]
    [InlineData("list open in", "Word 4 should be a project; for example: incident list in Project_1")]
    [InlineData("list open closed", "Word 3 should be in and a project; for example: incident list open in Project_1")]
    [InlineData("ticket INC-1", "Word 3 should be the ticket's web address, or none; for example: incident ticket INC-7 https://tickets.example/OPS-7")]
    [InlineData("snooze INC-1 soon", "'soon' is no time to snooze; write for example 30m, 2h, 1d or 'until resolved'.")]
    public void A_mistake_is_answered_with_what_was_expected(string text, string answer) =>
        Assert.Equal(answer, Assert.Throws<SreException>(() => IncidentGrammar.Parse(text)).Message);

    [Theory]
    [InlineData("30m", 30)]
    [InlineData("2 hours", 120)]
    [InlineData("for 1d", 1440)]
    [InlineData("1w", 10080)]
    [InlineData("until resolved", null)]
    [InlineData("", null)]
    public void Reads_a_time_to_snooze(string text, int? minutes) => Assert.Equal(minutes is { } count ? TimeSpan.FromMinutes(count) : null, SnoozeTime.Parse(text));

    [Theory]
    [InlineData(0)]
    [InlineData(31 * 24 * 60)]
    public void A_snooze_lasts_a_minute_to_thirty_days(int minutes) => Assert.Equal(SreErrorKind.Invalid, Assert.Throws<SreException>(() =>
        new IncidentAct.Snooze(TimeSpan.FromMinutes(minutes)).On(new Incident { Id = 7, Status = "open" }, "Ana", OutboxHouse.Start)).Kind);

    private static IncidentCommands Commands(IncidentHouse house) => new(house.Incidents, house.Changes);

    private static async Task<string> SayAsync(IncidentHouse house, string command)
    {
        var reply = await Commands(house).HandleAsync(command, house.Caller(), Cancel);
        await house.DeliverAsync();
        return reply.Summary;
    }

    private async Task<IncidentHouse> OpenAsync(params EscalationStep[] escalations)
    {
        var house = await IncidentHouse.NewAsync(postgres);
        house.Episodes.Add(house.Now, [OutboxHouse.Target], escalations: escalations);
        house.Episodes.All[0] = house.Episodes.All[0] with { RunbookUrl = "https://runbooks.example/slow" };
        await house.TickAsync();
        return house;
    }

    private static async Task FindAsync(IncidentHouse house)
    {
        await house.Outbox.AddAsync("incident:1", 1, IncidentPayload.Handler, new IncidentPayload
        {
            Change = IncidentChange.Findings, AlertId = Guid.Empty, EpisodeId = Guid.Empty, At = house.Now, IncidentId = 1, Finding = "Server_9 is slow.", InvestigationId = Guid.NewGuid(),
            Chart = new ReplyChart("latency of Server_9", "ms", "A line.", [new ReplySeries("Server_9", [new ReplyPoint(house.Now, 84)])]),
        }, "self");
        await house.DeliverAsync();
    }

    private static Task LinkPagerAsync(IncidentHouse house) => house.Outbox.ExecuteAsync(
        "INSERT INTO channel_link (organization_id, platform, workspace, channel, project_id, linked_by) VALUES (@organization, 'slack', 'T01', 'C03', 'Project_1', 'test')", new { organization = house.Outbox.Organization });

    private static async Task RefusedAsync(SreErrorKind kind, Func<Task> act) => Assert.Equal(kind, (await Assert.ThrowsAsync<SreException>(act)).Kind);
}
