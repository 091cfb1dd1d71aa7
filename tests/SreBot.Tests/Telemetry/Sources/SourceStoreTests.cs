using SreBot.Model;
using SreBot.Telemetry;
using SreBot.Tests.Fixtures;
using SreBot.Tests.Planning;

namespace SreBot.Tests.Telemetry.Sources;

/// <summary>What a store does, and leaves alone, on a server that is another's.</summary>
public sealed class SourceStoreTests(PostgresFixture postgres, TelemetryFixture telemetry)
{
    private const string CountSql = "SELECT sum(request_count) FROM {database:Identifier}.alert_minute WHERE /*scope*/";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Roll_ups_count_each_request_once_whether_it_came_before_or_after()
    {
        await using var house = await SourceHouse.NewAsync(telemetry);
        var now = house.Time.GetUtcNow();
        await SpansAsync(house, "before", now.AddHours(-5), 40); // back-filled
        await SpansAsync(house, "old", now.AddDays(-3), 5); // older than the minute roll-ups live
        var (store, database) = house.Store("mapped");
        await store.MigrateAsync(database, Cancel);
        await SpansAsync(house, "meanwhile", now.AddMinutes(-1), 3); // after the view was made, before its cut: the back-fill's
        await SpansAsync(house, "after", now.AddMinutes(10), 7); // the view's
        await SpansAsync(house, "again", now.AddMinutes(10), 7); // the same once more is no repetition of the same insert

        Assert.Equal(0, await house.ScalarAsync<long>($"SELECT countIf(minute < now() + 60) FROM {database}.alert_minute"));
        Assert.Equal(["62"], await SourceHouse.RowsAsync(store, TelemetryFixture.Scope(database, "Project_1"), Query(CountSql))); // all of them, from the spans themselves

        await store.MaintainAsync(database, now.AddMinutes(2), mayWrite: true, Cancel); // too early: requests that are a little late would be lost
        Assert.Equal(0, await house.ScalarAsync<long>($"SELECT countIf(minute < now() + 60) FROM {database}.alert_minute"));

        await store.MaintainAsync(database, now.AddHours(2), mayWrite: true, Cancel);
        await store.MaintainAsync(database, now.AddHours(2), mayWrite: true, Cancel);
        await store.MigrateAsync(database, Cancel);

        Assert.Equal(57, await house.ScalarAsync<long>($"SELECT sum(request_count) FROM {database}.alert_minute"));
        Assert.Equal(57, await house.ScalarAsync<long>($"SELECT sum(request_count) FROM {database}.alert_minute_dim"));
        Assert.Equal(62, await house.ScalarAsync<long>($"SELECT sum(request_count) FROM {database}.alert_hour"));
        house.Front.Statements.Clear();
        Assert.Equal(["57"], await SourceHouse.RowsAsync(store, TelemetryFixture.Scope(database, "Project_1"), Query(CountSql)));
        Assert.DoesNotContain(house.Front.Statements, sql => sql.Contains("otel_traces", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Another_start_goes_on_with_the_same_roll_ups_and_another_mapping_makes_them_anew()
    {
        await using var house = await SourceHouse.NewAsync(telemetry);
        var now = house.Time.GetUtcNow();
        await SpansAsync(house, "a", now.AddHours(-5), 10);
        var (store, database) = house.Store("mapped");
        await store.MigrateAsync(database, Cancel);
        await store.MaintainAsync(database, now.AddHours(2), mayWrite: true, Cancel);

        var (restarted, _) = house.Store("mapped", source => source.Database = database);
        await restarted.MigrateAsync(database, Cancel);
        house.Front.Statements.Clear();
        await restarted.MaintainAsync(database, now.AddHours(2), mayWrite: true, Cancel);
        Assert.DoesNotContain(house.Front.Statements, sql => sql.StartsWith("INSERT INTO", StringComparison.Ordinal));

        var (changed, _) = house.Store("mapped", source => (source.Database, source.Where) = (database, "SpanKind = 'Server' AND SpanId < '5'"));
        await changed.MigrateAsync(database, Cancel);
        await changed.MaintainAsync(database, now.AddHours(2), mayWrite: true, Cancel);
        Assert.Equal(5, await house.ScalarAsync<long>($"SELECT sum(request_count) FROM {database}.alert_minute"));

        var (own, _) = house.Store("own", source => source.Database = database);
        await own.MigrateAsync(database, Cancel);
        await own.InsertAsync(database, TelemetryTable.Request, [Requests.Row("r1", now)], "t", Cancel);
        Assert.Equal(1, await house.ScalarAsync<long>($"SELECT sum(request_count) FROM {database}.alert_minute"));
    }

    [Fact]
    public async Task A_read_only_source_is_sent_reads_alone()
    {
        await using var house = await SourceHouse.NewAsync(telemetry);
        await house.FillAsync();
        var (store, database) = house.Store("read-only");

        await store.MigrateAsync(database, Cancel);
        await store.MigrateAsync("sre_demo", Cancel);
        await store.MaintainAsync(database, house.Time.GetUtcNow().AddHours(2), mayWrite: true, Cancel);
        await store.RebuildRollupsAsync(database, Requests.Start, Requests.Start.AddHours(1), Cancel);
        await store.DropAsync("sre_demo", Cancel);
        var asked = await QuestionHouse.NewAsync(postgres, store, database);
        await asked.AskAsync("why is Server_9 slow?");
        var error = await Assert.ThrowsAsync<SreException>(() => store.InsertAsync(database, TelemetryTable.ChangeEvent, [["c1", Requests.Start, "Project_1", "deploy", "pay", "v2", "deploy of pay v2", "ann", ""]], "t", Cancel));

        Assert.NotEmpty(house.Front.Statements);
        Assert.All(house.Front.Statements, sql => Assert.Matches(@"\A[\s(]*(SELECT|WITH|DESCRIBE)\b", sql));
        Assert.Equal(SreErrorKind.Conflict, error.Kind);
        Assert.Equal(0, await house.ScalarAsync<long>($"SELECT count() FROM system.databases WHERE name = '{database}'"));
    }

    [Theory]
    [InlineData("mapped")]
    [InlineData("read-only")]
    public async Task What_a_source_lacks_is_said_and_never_counted_as_nothing(string mode)
    {
        await using var house = await SourceHouse.NewAsync(telemetry);
        await house.FillAsync();
        var (store, database) = house.Store(mode, source => { source.Columns.Clear(); source.Columns["region"] = ""; });
        await store.MigrateAsync(database, Cancel);
        var asked = await QuestionHouse.NewAsync(postgres, store, database);
        var table = $"{house.Otel}.otel_traces";

        Assert.Contains($"cpu is not recorded by this source ({table}); map it with Telemetry:Source:Columns:cpu_usage.", QuestionHouse.Text(await asked.AskAsync("cpu of Server_9 in the last hour")), StringComparison.Ordinal);
        Assert.Contains($"cost is not recorded by this source ({table})", QuestionHouse.Text(await asked.AskAsync("total cost in the last hour")), StringComparison.Ordinal);
        var region = await Assert.ThrowsAsync<SreException>(() => asked.RunToolAsync("top_servers", new { metric = "latency", dimension = "region" }));
        Assert.Contains("region is not recorded by this source", region.Message, StringComparison.Ordinal);
        var rule = await Assert.ThrowsAsync<SreException>(() => new SreBot.Alerts.AlertStore(asked.Postgres, store).CreateAsync(asked.Scope,
            ((SreBot.Alerts.Rules.AlertCommand.Create)SreBot.Alerts.Rules.AlertGrammar.Parse("create memory mean >= 90 % over 5m in Project_1 as full", new SreBot.Alerts.Rules.AlertDefaults(asked.Scope.Projects, [], null))).Rule, "Ana", house.Time.GetUtcNow(), Cancel));
        Assert.Contains("memory is not recorded by this source", rule.Message, StringComparison.Ordinal);

        var why = QuestionHouse.Text(await asked.AskAsync("why is Server_9 slow?"));
        Assert.Contains("its CPU and memory are not recorded", why, StringComparison.Ordinal);
        Assert.DoesNotContain("0%", why.Replace("100%", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_source_without_a_status_has_no_error_rate()
    {
        await using var house = await SourceHouse.NewAsync(telemetry);
        await house.FillAsync();
        var (store, database) = house.Store("read-only", source => source.Columns["status"] = "");
        await store.MigrateAsync(database, Cancel);
        var asked = await QuestionHouse.NewAsync(postgres, store, database);

        Assert.Contains("error rate is not recorded by this source", QuestionHouse.Text(await asked.AskAsync("error rate in the last hour")), StringComparison.Ordinal);
        Assert.Contains("Server_9", QuestionHouse.Text(await asked.AskAsync("why is Server_9 slow?")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("cpu_usage", "SpanAttributes['cpu'] +", "Telemetry:Source:Columns:cpu_usage is no expression over")]
    [InlineData("region", "NoSuchColumn", "Telemetry:Source:Columns:region is no expression over")]
    [InlineData("cost", "toFloat64OrNull(SpanAttributes['cost'])", "Telemetry:Source:Columns:cost may be NULL")]
    [InlineData("color", "'red'", "Telemetry:Source:Columns:color is no column of a request")]
    [InlineData("cost", "1; DROP TABLE x", "must be one ClickHouse expression")]
    public async Task A_wrong_mapping_is_named_at_the_start(string column, string expression, string said)
    {
        await using var house = await SourceHouse.NewAsync(telemetry);

        var error = await Assert.ThrowsAsync<SreException>(async () =>
        {
            var (store, database) = house.Store("mapped", source => source.Columns[column] = expression);
            await store.MigrateAsync(database, Cancel);
        });

        Assert.Contains(said, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }

    [Fact]
    public async Task A_wrong_table_condition_or_mode_is_named_at_the_start()
    {
        await using var house = await SourceHouse.NewAsync(telemetry);

        Assert.Contains("Telemetry:Source:Table otel.nothing cannot be read", await FailureAsync(house, source => source.Table = "otel.nothing"), StringComparison.Ordinal);
        Assert.Contains("Telemetry:Source:Where is no condition", await FailureAsync(house, source => source.Where = "Colour = 1"), StringComparison.Ordinal);
        Assert.Contains("use own, mapped or read-only", await FailureAsync(house, source => source.Mode = "borrowed"), StringComparison.Ordinal);
        Assert.Contains("Telemetry:Endpoint", Assert.Throws<SreException>(() => new SreBot.Telemetry.Sources.TelemetrySource(new TelemetryOptions { Source = { Mode = "mapped" } })).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Calls_between_services_are_told_from_spans_once()
    {
        await using var house = await SourceHouse.NewAsync(telemetry);
        var minute = new DateTimeOffset(house.Time.GetUtcNow().UtcTicks / TimeSpan.TicksPerMinute * TimeSpan.TicksPerMinute, TimeSpan.Zero).AddMinutes(-10);
        for (var i = 0; i < 3; i++)
        {
            var status = i == 0 ? "Error" : "Unset";
            await house.ExecuteAsync(OtelTable.Span(house.Otel, minute.AddSeconds(20 + i), 40, "Project_1", "shop", "GET /", $"t{i}", $"a{i}"));
            await house.ExecuteAsync(OtelTable.Span(house.Otel, minute.AddSeconds(19 + i), 30, "Project_1", "shop", "pay", $"t{i}", $"b{i}", $"a{i}", "Client"));
            await house.ExecuteAsync(OtelTable.Span(house.Otel, minute.AddSeconds(18 + i), 20, "Project_1", "pay", "POST /pay", $"t{i}", $"c{i}", $"b{i}", "Server", status));
        }

        var (mapped, database) = house.Store("mapped");
        await mapped.MigrateAsync(database, Cancel);
        await mapped.MaintainAsync(database, house.Time.GetUtcNow(), mayWrite: true, Cancel);
        var (restarted, _) = house.Store("mapped", source => source.Database = database);
        await restarted.MigrateAsync(database, Cancel);
        await restarted.MaintainAsync(database, house.Time.GetUtcNow(), mayWrite: true, Cancel);
        var (readOnly, other) = house.Store("read-only");

        string[] expected = ["shop | pay | 3 | 1 | 60 | 20"];
        Assert.Equal(expected, await SourceHouse.RowsAsync(mapped, TelemetryFixture.Scope(database, "Project_1"), Calls(minute)));
        Assert.Equal(expected, await SourceHouse.RowsAsync(readOnly, TelemetryFixture.Scope(other, "Project_1"), Calls(minute)));
        Assert.Empty(await SourceHouse.RowsAsync(readOnly, TelemetryFixture.Scope(other, "Project_2"), Calls(minute)));
    }

    [Fact]
    public async Task A_window_reads_the_tables_own_partitions_and_no_more()
    {
        await using var house = await SourceHouse.NewAsync(telemetry);
        for (var day = 1; day <= 5; day++)
        {
            await SpansAsync(house, $"d{day}", Requests.Start.AddDays(-day), 1000);
        }

        var (store, database) = house.Store("read-only");
        var query = new TelemetryQuery("SELECT count() FROM {database:Identifier}.alert_minute WHERE /*scope*/ AND minute >= {from:DateTime64(3)} AND minute < {to:DateTime64(3)}",
            new Dictionary<string, object?> { ["from"] = Requests.Start.AddDays(-2).AddMinutes(-5), ["to"] = Requests.Start.AddDays(-2).AddMinutes(5) });
        var read = store.Prepare(TelemetryFixture.Scope(database, "Project_1"), query);
        using var connection = telemetry.Connect("session_timezone=UTC");

        connection.Query(read.Sql, "Null", read.Parameters);

        Assert.Equal(1000, (long)connection.Counts.RowsRead);
    }

    private static TelemetryQuery Calls(DateTimeOffset minute) => new("""
        SELECT caller, callee, sum(request_count), sum(error_count), sum(latency_sum), max(latency_max)
        FROM {database:Identifier}.dependency
        WHERE /*scope*/ AND minute >= {from:DateTime64(3)} AND minute < {to:DateTime64(3)}
        GROUP BY caller, callee
        """, new Dictionary<string, object?> { ["from"] = minute, ["to"] = minute.AddMinutes(1) });

    private static async Task<string> FailureAsync(SourceHouse house, Action<SreBot.Telemetry.Sources.SourceOptions> change) => (await Assert.ThrowsAsync<SreException>(async () =>
    {
        var (store, database) = house.Store("mapped", change);
        await store.MigrateAsync(database, Cancel);
    })).Message;

    private static Task SpansAsync(SourceHouse house, string name, DateTimeOffset end, int count) => house.ExecuteAsync($"""
        INSERT INTO {house.Otel}.otel_traces (Timestamp, TraceId, SpanId, SpanName, SpanKind, ServiceName, ResourceAttributes, Duration, StatusCode)
        SELECT fromUnixTimestamp64Milli({end.AddMilliseconds(-20).ToUnixTimeMilliseconds()}, 'UTC'), '{name}', toString(number), 'GET /', 'Server', 'shop', map('service.namespace', 'Project_1'), 20000000, 'Unset'
        FROM numbers({count})
        """);

    private static TelemetryQuery Query(string sql) => new(sql, new Dictionary<string, object?>());
}
