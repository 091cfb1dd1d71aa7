using System.Text.Json;
using SreBot.Adapters.Chat;
using SreBot.Cli.Seeding;
using SreBot.Delivery;
using SreBot.Incidents;
using SreBot.Investigations;
using SreBot.Model;
using SreBot.Tests.Fixtures;
using SreBot.Tests.Planning;
using Dapper;

namespace SreBot.Tests.Incidents;

/// <summary>From the alert to the files that stay: the real investigation of an incident, its chart in the thread, and what is kept when it is resolved.</summary>
public sealed class KeptInvestigationTests(PostgresFixture postgres, TelemetryFixture telemetry) : IDisposable
{
    private const string Target = "slack:T01/C02";
    private static readonly DateTimeOffset Onset = QuestionHouse.Now.AddSeconds(-30).AddMinutes(-20);

    private readonly KnownEpisodes episodes = new();
    private readonly OutboxSignal signal = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => signal.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_resolved_incident_keeps_its_investigation_whichever_came_first(bool isResolvedFirst)
    {
        var house = await OpenAsync();
        var store = new IncidentStore(house.Postgres);
        var changes = new IncidentChanges(house.Postgres, store, signal, house.Time);

        if (isResolvedFirst)
        {
            await changes.ResolveAsync(house.Caller, 1, Cancel);
            await WorkAsync(house, store);
        }
        else
        {
            await WorkAsync(house, store);
            Assert.Empty((await store.GetAsync(house.Scope, 1, Cancel)).Kept);
            await changes.ResolveAsync(house.Caller, 1, Cancel);
            await WorkAsync(house, store);
        }

        await AgainAsync(house);
        await WorkAsync(house, store);

        var incident = await store.GetAsync(house.Scope, 1, Cancel);
        Assert.Equal(["/incidents/1/export.html", "/incidents/1/export.ipynb"], incident.KeptPages);
        var told = await ToldAsync(house);
        Assert.Equal(isResolvedFirst ? ["opened", "resolved", "diagnosed", "kept"] : ["opened", "diagnosed", "resolved", "kept"], told.Select(payload => payload.Facts!.Event));
        Assert.Equal(incident.KeptPages, told[^1].Facts!.Kept);
        Assert.Equal("The investigation of INC-1 is kept as HTML page and notebook.", told[^1].Change!.Summary);
        var exports = new IncidentExports(house.Postgres, store);
        Assert.Contains("<h1>What is the root cause of INC-1?</h1>", await exports.FindAsync(house.Scope, 1, "html", Cancel), StringComparison.Ordinal);
        Assert.Equal(4, JsonSerializer.Deserialize<JsonElement>((await exports.FindAsync(house.Scope, 1, "ipynb", Cancel))!).GetProperty("nbformat").GetInt32());
        Assert.Null(await exports.FindAsync(house.Scope.CutTo(["Project_2"]), 1, "html", Cancel));
        Assert.Null(await exports.FindAsync(house.Scope with { Conditions = [new("server_id", "Server_9")] }, 1, "html", Cancel));
    }

    [Fact]
    public async Task The_first_diagnosis_has_the_chart_of_the_likeliest_cause()
    {
        var house = await OpenAsync();

        await WorkAsync(house, new IncidentStore(house.Postgres));

        var change = (await ToldAsync(house))[^1].Change!;
        Assert.StartsWith("INC-1: Server_9", change.Summary, StringComparison.Ordinal);
        var chart = change.Blocks.OfType<ReplyChart>().Single();
        Assert.Contains("Server_9", chart.Title, StringComparison.Ordinal);
        Assert.Contains(chart.Series, series => series.Points.Count(point => point.Value is not null) > 20);
    }

    private async Task<QuestionHouse> OpenAsync()
    {
        var house = await QuestionHouse.NewAsync(postgres, telemetry);
        await house.SeedAsync(plan => plan.With(CauseDraw.SlowServer("Server_9", 3, new TimeWindow(Onset, QuestionHouse.Now))), hours: 3);
        episodes.Add(Onset.AddMinutes(2), [Target]);
        episodes.All[0] = episodes.All[0] with { StartedAt = Onset, Threshold = 20 };
        var item = Item(house, EpisodesPayload.Handler, JsonSerializer.Serialize(new EpisodesPayload(Onset.AddMinutes(2)), SreJson.Options));
        await new EpisodesHandler(house.Postgres, episodes).HandleAsync(item, Cancel);
        return house;
    }

    /// <summary>Works the rows of incidents and investigations until none waits.</summary>
    private async Task WorkAsync(QuestionHouse house, IncidentStore store)
    {
        var investigations = new InvestigationStore(house.Postgres, house.Time);
        IOutboxHandler[] handlers =
        [
            new IncidentHandler(house.Postgres, episodes, house.Time),
            new InvestigationHandler(QuestionHouse.Investigator(), investigations, house.Recorders, new IncidentLookup(store), house.Time),
            new KeepHandler(investigations, house.Steps, new PublicAddress(() => new Uri("http://127.0.0.1:5080")), house.Time),
        ];
        while (await WaitingAsync(house) is { } row)
        {
            var outcome = await handlers.Single(handler => handler.Name == row.Handler).HandleAsync(row, Cancel);
            Assert.IsType<OutboxOutcome.Delivered>(outcome);
            await ExecuteAsync(house, "UPDATE outbox SET status = 'done' WHERE id = @Id", row);
        }
    }

    private static async Task<OutboxItem?> WaitingAsync(QuestionHouse house)
    {
        await using var session = await house.Postgres.BeginAsync(house.Organization, Cancel);
        var row = await session.Connection.QueryFirstOrDefaultAsync<(long Id, string Handler, string Payload, long Sequence)?>(session.Command(
            "SELECT id, handler, payload::text, sequence FROM outbox WHERE status = 'waiting' AND handler <> 'notify' ORDER BY id LIMIT 1", null, Cancel));
        return row is { } one ? Item(house, one.Handler, one.Payload, one.Id, one.Sequence) : null;
    }

    private static OutboxItem Item(QuestionHouse house, string handler, string payload, long id = 1, long sequence = 1) =>
        new(id, house.Organization, "incident:1", sequence, handler, "self", payload, 1, QuestionHouse.Now, true) { Fence = 1 };

    /// <summary>As after a crash between the work and the word that it is done.</summary>
    private static Task AgainAsync(QuestionHouse house) => ExecuteAsync(house, "UPDATE outbox SET status = 'waiting' WHERE handler <> 'notify'", new { });

    private static async Task ExecuteAsync(QuestionHouse house, string sql, object parameters)
    {
        await using var session = await house.Postgres.BeginAsync(house.Organization, Cancel);
        await session.Connection.ExecuteAsync(session.Command(sql, parameters, Cancel));
        await session.CommitAsync(Cancel);
    }

    private static async Task<IReadOnlyList<NotifyPayload>> ToldAsync(QuestionHouse house)
    {
        await using var session = await house.Postgres.BeginAsync(house.Organization, Cancel);
        return [.. (await session.Connection.QueryAsync<string>(session.Command("SELECT payload::text FROM outbox WHERE handler = 'notify' ORDER BY id", null, Cancel)))
            .Select(payload => JsonSerializer.Deserialize<NotifyPayload>(payload, SreJson.Options)!)];
    }
}
