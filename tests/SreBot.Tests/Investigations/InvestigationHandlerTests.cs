using System.Text.Json;
using Dapper;
using SreBot.Cli.Seeding;
using SreBot.Delivery;
using SreBot.Investigations;
using SreBot.Model;
using SreBot.Tests.Fixtures;
using SreBot.Tests.Planning;

namespace SreBot.Tests.Investigations;

public sealed class InvestigationHandlerTests(PostgresFixture postgres, TelemetryFixture telemetry)
{
    private static readonly DateTimeOffset Onset = QuestionHouse.Now.AddSeconds(-30).AddMinutes(-20);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Commits_one_finding_for_an_incident_however_often_the_row_comes()
    {
        var house = await QuestionHouse.NewAsync(postgres, telemetry);
        await house.SeedAsync(plan => plan.With(CauseDraw.SlowServer("Server_9", 3, new TimeWindow(Onset, QuestionHouse.Now))), hours: 3);
        house.Incidents.All.Add(new IncidentFacts
        {
            Id = 5, Title = "Slow", Status = "open", Severity = "warning", Projects = ["Project_1"], OpenedAt = Onset.AddMinutes(2), StartedAt = Onset, AlertId = Guid.NewGuid(), Metric = "latency", Aggregate = "max", Threshold = 20,
        });
        var handler = Handler(house);
        var item = new OutboxItem(1, house.Organization, "incident:5", 1, InvestigatePayload.Handler, "self", JsonSerializer.Serialize(new InvestigatePayload(5), SreJson.Options), 1, QuestionHouse.Now, true) { Fence = 1 };

        var first = await handler.HandleAsync(item, Cancel);
        var second = await handler.HandleAsync(item, Cancel);

        Assert.Equal((new OutboxOutcome.Delivered(), new OutboxOutcome.Delivered()), (first, second));
        var payload = Assert.Single(await PayloadsAsync(house));
        Assert.Equal((IncidentChange.Findings, 5L), (payload.Change, payload.IncidentId));
        Assert.StartsWith("INC-5: Server_9", payload.Finding, StringComparison.Ordinal);
        var kept = await house.Steps.FindAsync(house.Scope, payload.InvestigationId!.Value, Cancel);
        Assert.Equal((5L, payload.Finding), (kept!.IncidentId, kept.Answer!.Summary));
        Assert.All(kept.Steps.Where(step => step.Parameters.ContainsKey("scope_projects")), step => Assert.Equal("['Project_1']", step.Parameters["scope_projects"]));
    }

    [Fact]
    public async Task Gives_up_on_an_incident_that_is_gone()
    {
        var house = await QuestionHouse.NewAsync(postgres, telemetry);
        var handler = Handler(house);

        var outcome = await handler.HandleAsync(new OutboxItem(1, house.Organization, "incident:5", 1, InvestigatePayload.Handler, "self", """{"incidentId":5}""", 1, QuestionHouse.Now, true) { Fence = 1 }, Cancel);

        Assert.IsType<OutboxOutcome.GaveUp>(outcome);
    }

    private static InvestigationHandler Handler(QuestionHouse house) => new(QuestionHouse.Investigator(), new InvestigationStore(house.Postgres, house.Time), house.Recorders, house.Incidents, house.Time);

    private static async Task<IReadOnlyList<IncidentPayload>> PayloadsAsync(QuestionHouse house)
    {
        await using var session = await house.Postgres.BeginAsync(house.Organization, Cancel);
        return [.. (await session.Connection.QueryAsync<string>(session.Command("SELECT payload FROM outbox WHERE handler = 'incident' AND subject = 'incident:5' AND target = 'self'", null, Cancel)))
            .Select(payload => JsonSerializer.Deserialize<IncidentPayload>(payload, SreJson.Options)!)];
    }
}
