using Dapper;
using SreBot.Cli.Tutorial;
using SreBot.Model;
using SreBot.Telemetry;
using SreBot.Tests.Fixtures;

namespace SreBot.Tests.Cli.Tutorial;

public sealed class TutorialImportTests(PostgresFixture postgres, TelemetryFixture telemetry)
{
    private static readonly DateTimeOffset Midnight = new(2023, 8, 1, 0, 0, 0, TimeSpan.Zero);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static TutorialData Small => TutorialReaderTests.Read([.. TutorialReaderTests.Originals]);

    [Fact]
    public async Task All_of_a_seed_is_taken_once()
    {
        var house = await ImportHouse.NewAsync(postgres, telemetry);
        var data = Of(TutorialGenerator.Requests(3));

        var first = await house.RunAsync(data);
        var second = await house.RunAsync(data);

        var count = data.Incidents!.Rows.Count;
        Assert.Equal($"Imported 14,400 requests, {count:N0} incidents (INC-1 to INC-{count}) and 240 hourly aggregates into the organization default.", first.Answer);
        Assert.Equal("Nothing changed: the same data was imported before.", second.Answer);
        Assert.Equal((14_400, 240), (await house.CountAsync("request"), await house.CountAsync("imported_server_metrics")));
        Assert.Equal([count], await house.QueryAsync<int>("SELECT count(*)::int FROM incident"));
        Assert.Equal(["Project_1", "Project_2", "Project_3"], await house.QueryAsync<string>("SELECT id FROM project ORDER BY id"));
        Assert.Equal([0], await house.QueryAsync<int>("SELECT (SELECT count(*) FROM outbox)::int + (SELECT count(*) FROM investigation)::int"));
    }

    [Fact]
    public async Task An_incident_keeps_its_number_its_request_and_its_time_and_is_past()
    {
        var house = await ImportHouse.NewAsync(postgres, telemetry);
        await house.RunAsync(Small);

        var incident = await house.Incidents.GetAsync(house.Scope, 2, Cancel);
        var timeline = await house.Incidents.TimelineAsync(house.Scope, incident, Cancel);

        Assert.Equal(("2", "Server_2", "resolved"), (incident.RequestId, incident.ServerId, incident.Status));
        Assert.Equal(["Project_1"], incident.Projects);
        Assert.Equal("request 2 took 20.7 ms on Server_2", incident.Title);
        Assert.Equal((Midnight.UtcDateTime, Midnight.AddMinutes(1).UtcDateTime), (incident.OpenedAt, incident.ResolvedAt!.Value));
        Assert.Equal("imported", Assert.Single(timeline).What);
        Assert.Null(await house.Incidents.FindAsync(house.Scope.CutTo(["Project_2"]), 2, Cancel));
        Assert.NotNull(await house.Incidents.FindAsync(house.Scope with { Conditions = [new("server_id", "Server_2")] }, 2, Cancel));
    }

    [Fact]
    public async Task New_incidents_go_on_after_the_imported_numbers()
    {
        var house = await ImportHouse.NewAsync(postgres, telemetry);
        await house.RunAsync(Small with { Incidents = TutorialFile<TutorialIncident>.Of("incident", "incident.csv", [new TutorialIncident(4_711, Midnight, "1")]) });

        Assert.Equal([4_712], await InsertAsync(house));
    }

    [Fact]
    public async Task A_number_that_is_taken_refuses_all_of_it()
    {
        var house = await ImportHouse.NewAsync(postgres, telemetry);
        Assert.Equal([1], await InsertAsync(house));

        var error = await Assert.ThrowsAsync<SreException>(() => house.RunAsync(Small));

        Assert.Equal(SreErrorKind.Conflict, error.Kind);
        Assert.StartsWith("INC-1 is taken by an incident that is not from this file", error.Message, StringComparison.Ordinal);
        await NothingIsThereAsync(house);
    }

    [Fact]
    public async Task Numbers_and_projects_of_another_organization_refuse_all_of_it()
    {
        var house = await ImportHouse.NewAsync(postgres, telemetry);
        await PostgresFixture.NewOrganizationAsync(house.Postgres, "other", "Project_2");

        var error = await Assert.ThrowsAsync<SreException>(() => house.RunAsync(Small));

        Assert.StartsWith("Another organization has a project of the same name", error.Message, StringComparison.Ordinal);
        await NothingIsThereAsync(house);
    }

    [Fact]
    public async Task Requests_of_the_same_numbers_from_other_data_are_refused()
    {
        var house = await ImportHouse.NewAsync(postgres, telemetry);
        await house.RunAsync(Of([.. TutorialGenerator.Requests(1).Take(20)]));

        var error = await Assert.ThrowsAsync<SreException>(() => house.RunAsync(Of([.. TutorialGenerator.Requests(2).Take(20)])));

        Assert.Contains("is here already from other data", error.Message, StringComparison.Ordinal);
        Assert.Equal(20, await house.CountAsync("request"));
    }

    [Fact]
    public async Task An_import_that_was_cut_off_after_its_rows_were_written_is_completed_by_the_next()
    {
        var house = await ImportHouse.NewAsync(postgres, telemetry);
        var data = Small;
        var batch = await house.Store.BeginAsync(house.Admin(), ImportPart.Of(data.Requests!), Cancel);
        await house.Rows.InsertAsync(house.Database, data.Requests!.Rows, batch, Cancel);
        house.Time.Advance(TimeSpan.FromMinutes(5));

        var answer = await house.RunAsync(data);

        Assert.Equal((2, 2, 1), (answer.Requests, answer.Incidents, answer.ServerMetrics));
        Assert.Equal(2, await house.CountAsync("request"));
    }

    [Fact]
    public async Task Old_rows_outlive_a_merge_and_go_when_their_time_since_the_import_is_over()
    {
        using var store = new TelemetryStore(telemetry.Transport, Microsoft.Extensions.Options.Options.Create(new TelemetryOptions { RetentionDays = 30 }));
        var house = await ImportHouse.NewAsync(postgres, telemetry, store);
        await house.RunAsync(Small);
        await telemetry.Transport.ExecuteAsync($"OPTIMIZE TABLE {house.Database}.request FINAL", Cancel);
        Assert.Equal(2, await house.CountAsync("request"));

        await telemetry.Transport.ExecuteAsync($"ALTER TABLE {house.Database}.request UPDATE imported_at = now() - INTERVAL 31 DAY WHERE true SETTINGS mutations_sync = 2", Cancel);
        await telemetry.Transport.ExecuteAsync($"OPTIMIZE TABLE {house.Database}.request FINAL", Cancel);
        Assert.Equal(0, await house.CountAsync("request"));

        Assert.Equal((2, 0, 0), await house.RunAsync(Small) is var again ? (again.Requests, again.Incidents, again.ServerMetrics) : default);
        Assert.Equal(2, await house.CountAsync("request"));
    }

    [Fact]
    public async Task Only_an_admin_of_the_whole_organization_imports_and_not_into_the_demo()
    {
        var house = await ImportHouse.NewAsync(postgres, telemetry);
        await house.RunAsync(Small);
        var admin = house.Admin("Project_1", "Project_2");

        Assert.Equal(SreErrorKind.Forbidden, (await RefusalAsync(house, admin with { Scope = admin.Scope with { Role = Role.Sre } })).Kind);
        Assert.Equal(SreErrorKind.Forbidden, (await RefusalAsync(house, house.Admin("Project_1"))).Kind);
        Assert.Equal(SreErrorKind.Forbidden, (await RefusalAsync(house, admin with { Scope = admin.Scope with { Conditions = [new("platform", "web")] } })).Kind);
        Assert.Contains("sre-bot demo remove", (await RefusalAsync(house, admin with { IsDemo = true })).Message, StringComparison.Ordinal);
    }

    private static Task<SreException> RefusalAsync(ImportHouse house, Principal principal) => Assert.ThrowsAsync<SreException>(() => house.Import.RunAsync(principal, Small, Cancel));

    private static async Task NothingIsThereAsync(ImportHouse house)
    {
        Assert.Equal((0, 0), (await house.CountAsync("request"), await house.CountAsync("imported_server_metrics")));
        Assert.Empty(await house.QueryAsync<string>("SELECT kind FROM import"));
        Assert.Empty(await house.QueryAsync<long>("SELECT id FROM incident WHERE resolved_by = 'import'"));
    }

    /// <summary>Opens an incident as an alert does, and returns its number.</summary>
    private static async Task<IReadOnlyList<long>> InsertAsync(ImportHouse house)
    {
        await using var session = await house.Postgres.BeginAsync(house.Organization, Cancel);
        var id = await session.Connection.QuerySingleAsync<long>(session.Command(
            "INSERT INTO incident (organization_id, projects, severity, title, started_at, opened_at) VALUES (@organization, '{}', 'warning', 'live', now(), now()) RETURNING id", new { organization = house.Organization }, Cancel));
        await session.CommitAsync(Cancel);
        return [id];
    }

    private static TutorialData Of(IReadOnlyList<TutorialRequest> requests) => new()
    {
        Requests = TutorialFile<TutorialRequest>.Of(TutorialData.RequestKind, "request.csv", requests),
        Incidents = TutorialFile<TutorialIncident>.Of(TutorialData.IncidentKind, "incident.csv", TutorialGenerator.Incidents(requests)),
        ServerMetrics = TutorialFile<TutorialServerMetrics>.Of(TutorialData.ServerMetricsKind, "aggregated_server_metrics.csv", TutorialGenerator.ServerMetrics(requests)),
    };
}
