using Microsoft.Extensions.AI;
using SreBot.Adapters.Chat;
using SreBot.Delivery;
using SreBot.Incidents;
using SreBot.Model;
using SreBot.Tests.Fixtures;
using SreBot.Tests.Telemetry;

namespace SreBot.Tests.Incidents;

public sealed class IncidentTests(PostgresFixture postgres, TelemetryFixture telemetry)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_same_rows_again_change_nothing()
    {
        using var house = await OpenAsync();
        var before = await StandAsync(house);
        await house.ExecuteAsync("UPDATE outbox SET status = 'waiting', lease_until = NULL WHERE handler = 'incident'");

        await house.DeliverAsync();

        Assert.Equal(before, await StandAsync(house));
        Assert.Single(house.Poster.Channel);
    }

    [Fact]
    public async Task A_finding_is_told_in_the_message_and_in_its_thread_once()
    {
        using var house = await OpenAsync();
        var incident = await IncidentAsync(house);
        var payload = new IncidentPayload
        {
            Change = IncidentChange.Findings, AlertId = incident.AlertId!.Value, EpisodeId = incident.EpisodeId!.Value, At = house.Time.GetUtcNow(),
            Finding = "Server_9 is slow, its peers are not.", InvestigationId = Guid.NewGuid(), IncidentId = incident.Id,
        };
        var handler = new IncidentHandler(house.Postgres, new SreBot.Alerts.EpisodeLookup(house.Postgres), house.Time);

        foreach (var _ in Enumerable.Range(0, 2))
        {
            var item = new OutboxItem(1, house.Organization, "incident:1", 1, "incident", "self", System.Text.Json.JsonSerializer.Serialize(payload, SreJson.Options), 1, Requests.Start, true) { Fence = 1 };
            Assert.IsType<OutboxOutcome.Delivered>(await handler.HandleAsync(item, Cancel));
        }

        await house.DeliverAsync();
        Assert.Equal(["Server_9 is slow, its peers are not."], house.Poster.Thread);
        Assert.Single(house.Poster.Updates);
        Assert.Equal(2, (await IncidentAsync(house)).Version);
    }

    [Fact]
    public async Task Acknowledging_edits_the_message_everywhere_and_twice_is_once()
    {
        using var house = await OpenAsync();
        var number = IncidentNumber.Text((await IncidentAsync(house)).Id);
        var acknowledge = new IncidentAcknowledge(house.Changes);

        var first = await acknowledge.HandleAsync(number, house.Caller(), Cancel);
        var second = await acknowledge.HandleAsync(number, house.Caller("Robert"), Cancel);
        await house.DeliverAsync();

        Assert.Equal($"{number} is acknowledged by Ana.", first.Summary);
        Assert.StartsWith($"{number} was acknowledged already by Ana, ", second.Summary, StringComparison.Ordinal);
        Assert.Equal([$"{number} is acknowledged by Ana."], house.Poster.Thread);
        Assert.Equal("m1", Assert.Single(house.Poster.Updates).MessageId);
        Assert.Equal("acknowledged", (await IncidentAsync(house)).Status);
    }

    [Fact]
    public async Task A_viewer_acknowledges_and_resolves_nothing()
    {
        using var house = await OpenAsync();
        var id = (await IncidentAsync(house)).Id;

        var acknowledge = await Assert.ThrowsAsync<SreException>(() => house.Changes.AcknowledgeAsync(house.Caller(role: Role.Viewer), id, Cancel));
        var resolve = await Assert.ThrowsAsync<SreException>(() => house.Changes.ResolveAsync(house.Caller(role: Role.Viewer), id, Cancel));

        Assert.Equal((SreErrorKind.Forbidden, SreErrorKind.Forbidden), (acknowledge.Kind, resolve.Kind));
        Assert.Equal("open", (await IncidentAsync(house)).Status);
    }

    [Fact]
    public async Task An_episode_that_ends_after_a_person_resolved_it_says_nothing_more()
    {
        using var house = await OpenAsync();
        await house.Changes.ResolveAsync(house.Caller(), (await IncidentAsync(house)).Id, Cancel);
        await house.RequestsAsync(4, 14, 10, "Server_9");

        await house.RunAsync(13);

        Assert.Equal(["resolved"], await house.QueryAsync<string>("SELECT status FROM alert_history"));
        Assert.Equal("Ana", (await IncidentAsync(house)).ResolvedBy);
        Assert.Single(house.Poster.Thread);
    }

    [Fact]
    public async Task An_unknown_incident_is_answered_with_those_that_are_there()
    {
        using var house = await OpenAsync();
        var id = (await IncidentAsync(house)).Id;

        var error = await Assert.ThrowsAsync<SreException>(() => house.Incidents.GetAsync(house.Scope, 99, Cancel));

        Assert.Equal($"There is no incident INC-99 that you can see; the newest is INC-{id}.", error.Message);
    }

    [Fact]
    public async Task Who_may_not_see_all_of_its_projects_or_conditions_sees_no_incident()
    {
        using var house = await OpenAsync();
        var id = (await IncidentAsync(house)).Id;
        var other = await PostgresFixture.NewOrganizationAsync(house.Postgres, "other", "Project_9");

        Assert.NotNull(await house.Incidents.FindAsync(house.Scope.CutTo(["Project_1"]), id, Cancel));
        Assert.NotNull(await house.Incidents.FindAsync(house.Scope with { Conditions = [new("server_id", "Server_9")] }, id, Cancel));
        Assert.Null(await house.Incidents.FindAsync(house.Scope.CutTo(["Project_2"]), id, Cancel));
        Assert.Null(await house.Incidents.FindAsync(house.Scope with { Conditions = [new("platform", "web")] }, id, Cancel));
        Assert.Null(await house.Incidents.FindAsync(house.Scope with { OrganizationId = other }, id, Cancel));
        var error = await Assert.ThrowsAsync<SreException>(() => house.Incidents.GetAsync(house.Scope with { OrganizationId = other }, id, Cancel));
        Assert.EndsWith("there are none yet.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_is_shown_with_its_request_its_past_its_peers_and_a_chart()
    {
        using var house = await OpenAsync();
        await house.RequestsAsync(0, 4, 11, "Server_2");
        var number = IncidentNumber.Text((await IncidentAsync(house)).Id);
        var steps = new MemorySteps(house.Telemetry, house.Time);
        var tool = new IncidentPlugin(house.Incidents, house.Confirmations).CreateTools(new ToolContext(house.Caller(), steps, house.Time.GetUtcNow(), new Progress<string>())).Single(tool => tool.Name == "find_incident");

        var result = (ToolResult)(await tool.InvokeAsync(new AIFunctionArguments { ["incident_id"] = number }, Cancel))!;

        Assert.Contains("During the incident latency max of Server_9 was 84 ms, and 10 ms in the 6 hours before; of 2 servers it was the highest.", result.Summary, StringComparison.Ordinal);
        var chart = result.Blocks.OfType<ReplyChart>().Single();
        Assert.Equal(["Server_9", "all servers"], chart.Series.Select(series => series.Name));
        Assert.Equal(20, chart.Threshold);
        Assert.Contains(result.Blocks.OfType<ReplyTable>(), table => table.Rows.Any(row => row[0] == "execution_time" && row[1] == "84"));
        Assert.Equal(7, steps.Steps.Count);
    }

    [Theory]
    [InlineData("INC-7", 7)]
    [InlineData("inc 7", 7)]
    [InlineData("#7", 7)]
    [InlineData(" 7 ", 7)]
    [InlineData("incident 7", 7)]
    public void Reads_its_number_as_people_write_it(string text, long id) => Assert.Equal(id, IncidentNumber.Parse(text));

    [Theory]
    [InlineData("")]
    [InlineData("INC-")]
    [InlineData("INC-7; DROP TABLE incident")]
    [InlineData("9999999999999999999999")]
    public void Refuses_what_is_no_number(string text) => Assert.Equal(SreErrorKind.Invalid, Assert.Throws<SreException>(() => IncidentNumber.Parse(text)).Kind);

    [Fact]
    public void Its_message_offers_what_can_be_done_now()
    {
        Assert.Equal(["ask", "incident.acknowledge", "incident.snooze", "incident.resolve"], Verbs("open"));
        Assert.Equal(["ask", "incident.snooze", "incident.resolve"], Verbs("acknowledged"));
        Assert.Equal(["ask", "incident.acknowledge", "incident.resolve"], Verbs("open", DateTime.MaxValue));
        Assert.Equal(["ask"], Verbs("resolved"));

        static IEnumerable<string> Verbs(string status, DateTime? snoozedUntil = null) =>
            IncidentMessage.Of(new Incident { Id = 7, Status = status, SnoozedUntil = snoozedUntil }, []).Blocks.OfType<ReplyButtons>().Single().Buttons.Select(button => button.Verb);
    }

    /// <summary>Server_9 is slow from minute 2 on; its incident is open.</summary>
    private async Task<AlertHouse> OpenAsync()
    {
        var house = await AlertHouse.NewAsync(postgres, telemetry);
        await house.RuleAsync("create latency max >= 20 ms over 1m cooldown 2m in Project_1 by server_id as slow");
        await house.RequestsAsync(1, 2, 10, "Server_9");
        await house.RequestsAsync(2, 4, 84, "Server_9");
        await house.RunAsync(3);
        return house;
    }

    private static async Task<Incident> IncidentAsync(AlertHouse house) => Assert.Single(await house.Incidents.RecentAsync(house.Scope, 10, Cancel));

    private static Task<IReadOnlyList<string>> StandAsync(AlertHouse house) =>
        house.QueryAsync<string>("SELECT 'incident ' || id || ' ' || version FROM incident UNION ALL SELECT 'event ' || what FROM incident_event UNION ALL SELECT 'outbox ' || subject || sequence || handler FROM outbox ORDER BY 1");
}
