using System.Diagnostics;
using Dapper;
using SreBot.Cli.Demo;
using SreBot.Cli.Seeding;
using SreBot.Model;
using SreBot.Telemetry;
using SreBot.Telemetry.Wire;
using SreBot.Tests.Fixtures;

namespace SreBot.Tests.Cli.Demo;

/// <summary>One at a time with all that use the database <c>sre_demo</c>.</summary>
[Collection("demo")]
public sealed class DemoOrganizationTests(PostgresFixture postgres, TelemetryFixture telemetry) : IAsyncLifetime
{
    private DemoHouse house = null!;

    public async ValueTask InitializeAsync() => house = await DemoHouse.NewAsync(postgres, telemetry);

    public ValueTask DisposeAsync()
    {
        house.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task A_fresh_installation_gets_a_day_of_requests_rules_and_a_channel()
    {
        var watch = Stopwatch.StartNew();
        var organization = (await house.Demo.EnsureAsync(false, Cancel))!.Value;
        TestContext.Current.TestOutputHelper?.WriteLine($"Made in {watch.ElapsedMilliseconds} ms");

        var place = (await house.Store.LoadAsync(Cancel))!;
        var from = DemoHouse.Start.Floor(TimeSpan.FromMinutes(1)).AddHours(-24);
        var rows = await house.StoredAsync();
        Assert.Equal(DemoHouse.Start, place.WrittenTo);
        Assert.InRange(rows.Count, 140_000, 148_000);
        Assert.Equal(DemoHouse.Expected(place.Story, from, DemoHouse.Start), rows);
        Assert.Equal(3, (await house.ChangesAsync()).Count);
        Assert.Equal(3, await TenantAsync<int>(organization, "SELECT count(*) FROM alert WHERE targets = ARRAY['web:demo/incidents'] AND projects = ARRAY['Project_1', 'Project_2', 'Project_3']"));
        Assert.Equal(1, await TenantAsync<int>(organization, "SELECT count(*) FROM alert WHERE metric = 'latency' AND aggregate = 'max' AND comparator = '>' AND threshold = 20 AND time_window = 60000 AND group_by = ARRAY['server_id']"));
        Assert.Equal(3, await TenantAsync<int>(organization, "SELECT count(*) FROM channel_link WHERE platform = 'web' AND workspace = 'demo' AND channel = 'incidents'"));
        Assert.Equal(new DateTime(2026, 3, 1, 13, 7, 0, DateTimeKind.Utc), await EvaluatorAsync<DateTime>("SELECT min(last_tick) FROM alert_shard"));
    }

    [Fact]
    public async Task An_installation_that_is_not_fresh_gets_none_unless_asked_for()
    {
        await EvaluatorAsync<int>("UPDATE alert_shard SET last_tick = now()");

        Assert.Null(await house.Demo.EnsureAsync(false, Cancel));
        Assert.NotNull(await house.Demo.EnsureAsync(true, Cancel));
    }

    [Fact]
    public async Task Goes_on_where_a_stop_left_it_with_the_same_story()
    {
        await house.Demo.EnsureAsync(false, Cancel);
        var before = (await house.Store.LoadAsync(Cancel))!;

        house.Clock.Now = DemoHouse.Start.AddHours(2);
        await house.Demo.EnsureAsync(false, Cancel);

        Assert.Equal(before.Story.Plan.Causes.Select(cause => cause.Expected), (await house.Store.LoadAsync(Cancel))!.Story.Plan.Causes.Select(cause => cause.Expected));
        Assert.Equal(DemoHouse.Expected(before.Story, DemoHouse.Start.Floor(TimeSpan.FromMinutes(1)).AddHours(-24), house.Clock.Now), await house.StoredAsync());
    }

    [Fact]
    public async Task The_tail_continues_the_past_and_names_no_request_twice()
    {
        await house.Demo.EnsureAsync(false, Cancel);
        var next = DemoScenario.Begin;
        for (var i = 0; i < 60; i++)
        {
            house.Clock.Now += TimeSpan.FromSeconds(2.137);
            Assert.True(await house.Writer.CatchUpAsync(house.Clock.Now, next, Cancel));
            next = DemoScenario.Continue;
        }

        var place = (await house.Store.LoadAsync(Cancel))!;
        var rows = await house.StoredAsync();
        Assert.Equal(1, place.Story.Chapters);
        Assert.Equal(DemoHouse.Expected(place.Story, DemoHouse.Start.Floor(TimeSpan.FromMinutes(1)).AddHours(-24), place.WrittenTo), rows);
        Assert.Equal(rows.Count, rows.Select(row => row[..17]).Distinct().Count());
        Assert.Contains(await house.ChangesAsync(), change => change.Contains($"Deploy checkout {place.Story.Plan.Causes[^1].Version}", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_batch_that_was_cut_short_is_written_once(bool kept)
    {
        await house.Demo.EnsureAsync(false, Cancel);
        (house.Telemetry.DiesBefore, house.Telemetry.DiesAfter) = (!kept, kept);
        await Assert.ThrowsAsync<IOException>(() => house.Writer.CatchUpAsync(DemoHouse.Start.AddSeconds(70), DemoScenario.Begin, Cancel));
        (house.Telemetry.DiesBefore, house.Telemetry.DiesAfter) = (false, false);

        await house.Writer.CatchUpAsync(DemoHouse.Start.AddSeconds(90), null, Cancel);

        var place = (await house.Store.LoadAsync(Cancel))!;
        Assert.Equal(DemoHouse.Start.AddSeconds(90), place.WrittenTo);
        Assert.Null(place.WritingTo);
        Assert.Equal(DemoHouse.Expected(place.Story, DemoHouse.Start.Floor(TimeSpan.FromMinutes(1)).AddHours(-24), place.WrittenTo), await house.StoredAsync());
    }

    [Fact]
    public async Task After_a_stop_of_days_only_the_last_day_is_filled()
    {
        await house.Demo.EnsureAsync(false, Cancel);

        house.Clock.Now = DemoHouse.Start.AddDays(3);
        await house.Writer.CatchUpAsync(house.Clock.Now, null, Cancel);

        var place = (await house.Store.LoadAsync(Cancel))!;
        var gap = DemoHouse.Start.AddDays(2).Floor(TimeSpan.FromMinutes(1));
        var expected = DemoHouse.Expected(place.Story, DemoHouse.Start.Floor(TimeSpan.FromMinutes(1)).AddHours(-24), DemoHouse.Start).Concat(DemoHouse.Expected(place.Story, gap, house.Clock.Now));
        Assert.Equal(expected, await house.StoredAsync());
    }

    [Fact]
    public async Task Removing_it_leaves_nothing_and_it_does_not_come_back_by_itself()
    {
        var organization = (await house.Demo.EnsureAsync(false, Cancel))!.Value;
        await FillAsync(organization);
        var tables = await TablesAsync(organization);
        Assert.Contains("incident", await NotEmptyAsync(organization, tables));
        Assert.Contains("web_message", await NotEmptyAsync(organization, tables));

        Assert.True(await house.Demo.RemoveAsync(Cancel));

        Assert.Empty(await NotEmptyAsync(organization, tables));
        Assert.Equal(0, await GatewayAsync<int>("SELECT count(*) FROM organization"));
        Assert.Equal(0, await GatewayAsync<int>("SELECT (SELECT count(*) FROM chat_turn) + (SELECT count(*) FROM chat_reference)"));
        var gone = await Assert.ThrowsAsync<ClickHouseException>(house.StoredAsync);
        Assert.Contains(DemoStore.Database, gone.Message, StringComparison.Ordinal);
        Assert.False(await house.Demo.RemoveAsync(Cancel));
        Assert.False(await house.Writer.CatchUpAsync(house.Clock.Now.AddMinutes(1), DemoScenario.Begin, Cancel));
        Assert.Null(await house.Demo.EnsureAsync(false, Cancel));
    }

    [Fact]
    public async Task A_removed_demo_can_be_made_again()
    {
        await house.Demo.EnsureAsync(false, Cancel);
        var rows = await house.StoredAsync();
        await house.Demo.RemoveAsync(Cancel);

        await house.Demo.EnsureAsync(true, Cancel);

        Assert.Equal(rows, await house.StoredAsync());
    }

    [Fact]
    public async Task Can_be_filled_anew_with_chosen_causes_and_any_length_and_plants_no_others()
    {
        await house.Demo.EnsureAsync(false, Cancel);

        var story = await house.Demo.ReplaceAsync(new SeedSettings { Seed = 4, Hours = 40, RequestsAMinute = 60, Servers = 3, Projects = 2, Causes = [CauseKind.TrafficLoss] }, Cancel);

        Assert.Equal([CauseKind.TrafficLoss], story.Plan.Causes.Select(cause => cause.Kind));
        Assert.Same(story, DemoScenario.Begin(story, DemoHouse.Start));
        Assert.Same(story, DemoScenario.Continue(story, DemoHouse.Start.AddDays(1)));
        Assert.Equal(DemoHouse.Expected(story, DemoHouse.Start.Floor(TimeSpan.FromMinutes(1)).AddHours(-40), DemoHouse.Start), await house.StoredAsync());
        Assert.Equal(2, await TenantAsync<int>((await house.Store.FindOrganizationAsync(Cancel))!.Value, "SELECT count(*) FROM project"));
    }

    [Fact]
    public async Task Filling_it_anew_with_a_setting_out_of_range_leaves_it_as_it_was()
    {
        var organization = await house.Demo.EnsureAsync(false, Cancel);

        await Assert.ThrowsAsync<SreException>(() => house.Demo.ReplaceAsync(new SeedSettings { Servers = 0 }, Cancel));

        Assert.Equal(organization, await house.Store.FindOrganizationAsync(Cancel));
        Assert.NotEmpty(await house.StoredAsync());
    }

    [Fact]
    public async Task Is_refused_once_another_organization_has_requests()
    {
        var database = await telemetry.NewDatabaseAsync();
        await GatewayAsync<int>("INSERT INTO organization (slug, name, telemetry_database) VALUES ('real', 'Real', @database)", new { database });
        Assert.Null(await house.Gate.RefusalAsync(Cancel));

        await telemetry.Store.InsertAsync(database, TelemetryTable.Request, new SeedGenerator(new SeedPlan(new SeedSettings(), [])).Rows(new TimeWindow(DemoHouse.Start, DemoHouse.Start.AddMinutes(1))), "real", Cancel);

        Assert.NotNull(await house.Gate.RefusalAsync(Cancel));
        Assert.Null(await house.Demo.EnsureAsync(true, Cancel));
        Assert.Null(await house.Store.FindOrganizationAsync(Cancel));
    }

    [Fact]
    public async Task Names_that_are_taken_are_said_and_left_alone()
    {
        await PostgresFixture.NewOrganizationAsync(house.Postgres, "real", "Project_2");

        var error = await Assert.ThrowsAsync<SreException>(() => house.Demo.EnsureAsync(true, Cancel));

        Assert.Equal(SreErrorKind.Conflict, error.Kind);
        Assert.Contains("Project_2", error.Message, StringComparison.Ordinal);
        Assert.Null(await house.Store.FindOrganizationAsync(Cancel));
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private Task<T> TenantAsync<T>(long organization, string sql, object? parameters = null) => DemoHouse.ScalarAsync<T>(() => house.Postgres.BeginAsync(organization, Cancel), sql, parameters);

    private Task<T> EvaluatorAsync<T>(string sql, object? parameters = null) => DemoHouse.ScalarAsync<T>(() => house.Postgres.BeginEvaluatorAsync(Cancel), sql, parameters);

    private Task<T> GatewayAsync<T>(string sql, object? parameters = null) => DemoHouse.ScalarAsync<T>(() => house.Postgres.BeginGatewayAsync(Cancel), sql, parameters);

    /// <summary>Something in the tables that serving fills.</summary>
    private async Task FillAsync(long organization)
    {
        await TenantAsync<int>(organization, """
            INSERT INTO incident (organization_id, projects, severity, title, started_at, opened_at) VALUES (@organization, '{Project_1}', 'warning', 'Slow', now(), now());
            INSERT INTO incident_event (organization_id, incident_id, at, who, what) SELECT organization_id, id, now(), 'sre-bot', 'opened' FROM incident;
            INSERT INTO outbox (organization_id, subject, sequence, handler, target, payload, due) VALUES (@organization, 'incident:1', 1, 'notify', 'web:demo/incidents', '{}', now());
            INSERT INTO web_message (organization_id, channel, author, is_bot, text, revision) VALUES (@organization, 'incidents', 'you', false, 'hello', 1);
            INSERT INTO alert_state (organization_id, alert_id, group_key, phase, since, tick, rule_version) SELECT organization_id, id, '', 'resolved', now(), now(), 1 FROM alert;
            INSERT INTO alert_transition (organization_id, alert_id, group_key, tick, from_phase, to_phase, verdict, request_count, threshold, time_window, rule_version, notified)
            SELECT organization_id, id, '', now(), 'resolved', 'triggered', 'breach', 1, 1, 60000, 1, true FROM alert;
            INSERT INTO investigation (organization_id, id, question, asked_by, projects, created_at) VALUES (@organization, gen_random_uuid(), 'why?', 'you', '{Project_1}', now());
            INSERT INTO principal (organization_id, name, role) VALUES (@organization, 'you', 'admin');
            INSERT INTO token (organization_id, hash, principal_id, name) SELECT organization_id, '\x01', id, 'admin' FROM principal;
            """, new { organization });
        await GatewayAsync<int>("""
            INSERT INTO chat_turn (platform, event_id, turn) VALUES ('web', '1', '{"address": {"platform": "web", "workspace": "demo", "channel": "incidents"}}');
            INSERT INTO chat_reference (platform, workspace, channel, reference) VALUES ('web', 'demo', 'incidents', '{}');
            """);
    }

    private const string TablesSql = """
        SELECT DISTINCT table_name
        FROM information_schema.columns
        WHERE column_name = 'organization_id' AND table_schema = current_schema()
        """;

    private async Task<List<string>> TablesAsync(long organization)
    {
        await using var session = await house.Postgres.BeginAsync(organization, Cancel);
        var tables = (await session.Connection.QueryAsync<string>(session.Command(TablesSql, null, Cancel))).ToList();
        Assert.True(tables.Count >= 20);
        return tables;
    }

    private async Task<List<string>> NotEmptyAsync(long organization, List<string> tables)
    {
        var notEmpty = new List<string>();
        foreach (var table in tables)
        {
            if (await TenantAsync<int>(organization, $"SELECT count(*) FROM \"{table}\"") > 0)
                notEmpty.Add(table);
        }

        return notEmpty;
    }
}
