using System.Data.Common;
using Dapper;
using Microsoft.Extensions.Options;
using SreBot.Model;
using SreBot.Telemetry;
using SreBot.Telemetry.Wire;
using SreBot.Tests.Fixtures;

namespace SreBot.Tests.Telemetry;

/// <summary>What every store must do, whatever carries its statements.</summary>
public abstract class TelemetryStoreContract : IAsyncLifetime
{
    private readonly List<IAsyncDisposable> transports = [];
    private readonly List<string> databases = [];
    private TelemetryStore? store;

    internal static CancellationToken Cancel => TestContext.Current.CancellationToken;

    internal ITelemetryStore Store => store!;

    internal IClickHouseTransport Transport { get; private set; } = null!;

    /// <summary>A transport with connections of its own.</summary>
    internal abstract ValueTask<IClickHouseTransport> ConnectAsync(TelemetryOptions options);

    public virtual async ValueTask InitializeAsync() => (store, Transport) = await StoreAsync(new TelemetryOptions { RetentionDays = 3650 });

    public virtual async ValueTask DisposeAsync()
    {
        foreach (var database in databases)
        {
            await Store.DropAsync(database, CancellationToken.None);
        }

        foreach (var transport in transports)
        {
            await transport.DisposeAsync();
        }

        GC.SuppressFinalize(this);
    }

    internal async Task<(TelemetryStore Store, IClickHouseTransport Transport)> StoreAsync(TelemetryOptions options)
    {
        var transport = await ConnectAsync(options);
        transports.Add(transport);
        return (new TelemetryStore(transport, Options.Create(options)), transport);
    }

    internal async Task<string> NewDatabaseAsync()
    {
        var database = $"sre_test_{Guid.NewGuid():N}";
        databases.Add(database);
        await Store.MigrateAsync(database, Cancel);
        return database;
    }

    private async Task<List<object[]>> RowsAsync(string select, string group)
    {
        await using var reader = await Store.ReadAsync(AccessScope.ForEvaluator("sre_test"), new TelemetryQuery($"{select} WHERE /*scope*/{group}", new Dictionary<string, object?>()), Cancel);
        return await RowsAsync(reader);
    }

    /// <summary>The rows of a read that needs no table.</summary>
    internal async Task<List<object[]>> RowsAsync(string select, params (string Name, object? Value)[] parameters)
    {
        await using var reader = await Store.ReadAsync(AccessScope.ForEvaluator("sre_test"), new TelemetryQuery($"{select} WHERE /*scope*/", parameters.ToDictionary(p => p.Name, p => p.Value)), Cancel);
        return await RowsAsync(reader);
    }

    internal static async Task<List<object[]>> RowsAsync(DbDataReader reader)
    {
        var rows = new List<object[]>();
        while (await reader.ReadAsync(Cancel))
        {
            var row = new object[reader.FieldCount];
            reader.GetValues(row);
            rows.Add(row);
        }

        return rows;
    }

    internal async Task<List<string>> IdsAsync(AccessScope scope, string where = "true", params (string Name, object? Value)[] parameters)
    {
        await using var reader = await Store.ReadAsync(scope, new TelemetryQuery($"SELECT request_id FROM {{database:Identifier}}.request WHERE /*scope*/ AND {where} ORDER BY request_id", parameters.ToDictionary(p => p.Name, p => p.Value)), Cancel);
        return [.. (await RowsAsync(reader)).Select(row => (string)row[0])];
    }

    internal async Task<Totals> TotalsAsync(string database, string table)
    {
        const string columns = "sum(request_count) AS requests, sum(error_count) AS errors, sum(cost_sum) AS cost, sum(latency_sum) AS latency, max(latency_max) AS worst, sum(latency_from_100) AS from100";
        const string raw = "count() AS requests, countIf(status >= 400) AS errors, sum(cost) AS cost, sum(execution_time) AS latency, max(execution_time) AS worst, countIf(execution_time >= 100) AS from100";
        var query = new TelemetryQuery($"SELECT {(table == "request" ? raw : columns)} FROM {{database:Identifier}}.{table} WHERE /*scope*/", new Dictionary<string, object?>());
        await using var reader = await Store.ReadAsync(AccessScope.ForEvaluator(database), query, Cancel);
        return reader.Parse<Totals>().Single();
    }

    [Fact]
    public async Task Every_type_arrives_as_its_own_kind_of_value()
    {
        var row = Assert.Single(await RowsAsync("""
            SELECT toUInt8(255), toUInt16(65535), toUInt32(4294967295), toUInt64(18446744073709551615), toInt8(-128), toInt16(-32768), toInt32(-2147483648), toInt64(-9223372036854775807),
                toFloat32(1.5), toFloat64(-0.1), true, 'naïve ☕', toFixedString('ab', 4), toDate('2026-03-01'), toDateTime('2026-03-01 10:00:01', 'Europe/Berlin'), toDateTime64('2026-03-01 10:00:01.234', 3, 'UTC'),
                toDateTime64('2026-03-01 10:00:01.123456789', 9, 'UTC'), toUUID('61f0c404-5cb3-11e7-907b-a6006ad3dba0'), toLowCardinality('low'), CAST('b' AS Enum8('a' = -1, 'b,''c' = 2, 'b' = 3)), CAST('x' AS Enum16('x' = 1000)),
                toDecimal32('-1.25', 2), toDecimal64('123456789.125', 3), toDecimal128('12345678901234567890.5', 1), [1, 2, 3]::Array(UInt32), ['a', 'it''s']::Array(LowCardinality(String)), []::Array(String),
                [[1], []]::Array(Array(UInt8)), [NULL, 'z']::Array(Nullable(String)), toNullable(7::Int32), NULL::Nullable(Float64), NULL, CAST('q' AS LowCardinality(Nullable(String)))
            """));

        Assert.Equal(
            [
                (byte)255, (ushort)65535, 4294967295u, 18446744073709551615ul, (sbyte)-128, (short)-32768, -2147483648, -9223372036854775807L,
                1.5f, -0.1, true, "naïve ☕", "ab", Utc(2026, 3, 1, 0, 0, 0), Utc(2026, 3, 1, 9, 0, 1), Utc(2026, 3, 1, 10, 0, 1).AddMilliseconds(234),
                Utc(2026, 3, 1, 10, 0, 1).AddTicks(1234567), Guid.Parse("61f0c404-5cb3-11e7-907b-a6006ad3dba0"), "low", "b", "x",
                -1.25m, 123456789.125m, 12345678901234567890.5m, new uint[] { 1, 2, 3 }, new[] { "a", "it's" }, Array.Empty<string>(),
                new byte[][] { [1], [] }, new object?[] { null, "z" }, 7, DBNull.Value, DBNull.Value, "q",
            ],
            row);
        Assert.Equal(DateTimeKind.Utc, ((DateTime)row[15]).Kind);
    }

    public static TheoryData<string> Texts => ["", "plain", "it's", "\"quoted\"", "back\\slash", "\\N", "tab\tline\nreturn\r", "zero\0end", "*/ OR true /*", "{x:String}", "'; DROP TABLE request; --", "naïve ☕ 𝄞 \u202e", "%00 &a=b+c", "\\'", "\\\\'", "['a','b']"];

    [Theory]
    [MemberData(nameof(Texts))]
    public async Task A_text_comes_back_as_it_was_given(string text)
    {
        var row = Assert.Single(await RowsAsync("SELECT {one:String}, {many:Array(String)}, {low:LowCardinality(String)}", ("one", text), ("many", new[] { text, "x", text }), ("low", text)));

        Assert.Equal([text, new[] { text, "x", text }, text], row);
    }

    [Fact]
    public async Task Numbers_times_and_nulls_come_back_as_they_were_given()
    {
        var time = new DateTimeOffset(2026, 3, 1, 10, 0, 1, 234, TimeSpan.FromHours(5.5));
        var row = Assert.Single(await RowsAsync(
            "SELECT {a:UInt64}, {b:Int64}, {c:Float64}, {d:Bool}, {e:DateTime64(3)}, {f:DateTime('UTC')}, {g:Nullable(String)}, {h:Array(Int32)}, {i:Array(DateTime64(3, 'UTC'))}, {j:Decimal(18, 4)}, {k:Float64}, {l:UUID}, {m:Date}",
            ("a", ulong.MaxValue), ("b", long.MinValue + 1), ("c", 0.1), ("d", true), ("e", time), ("f", time), ("g", null), ("h", new List<int> { -1, 2 }), ("i", new[] { time }), ("j", 1.5m), ("k", double.PositiveInfinity),
            ("l", Guid.Parse("61f0c404-5cb3-11e7-907b-a6006ad3dba0")), ("m", time)));

        Assert.Equal([ulong.MaxValue, long.MinValue + 1, 0.1, true, time.UtcDateTime, time.UtcDateTime.AddMilliseconds(-234), DBNull.Value, new[] { -1, 2 }, new[] { time.UtcDateTime }, 1.5m, double.PositiveInfinity, Guid.Parse("61f0c404-5cb3-11e7-907b-a6006ad3dba0"), time.UtcDateTime.Date], row);
    }

    [Fact]
    public async Task Dapper_maps_rows_to_a_record()
    {
        var database = await NewDatabaseAsync();
        await Store.InsertAsync(database, TelemetryTable.Request, Requests.Seconds(90), "a", Cancel);

        var query = new TelemetryQuery("SELECT project_id AS ProjectId, count() AS Count, quantileOrNull(0.5)(if(execution_time < 0, execution_time, NULL)) AS Nothing, max(timestamp) AS Newest FROM {database:Identifier}.request WHERE /*scope*/ GROUP BY project_id ORDER BY project_id", new Dictionary<string, object?>());
        await using var reader = await Store.ReadAsync(TelemetryFixture.Scope(database, "Project_1", "Project_3"), query, Cancel);
        var rows = reader.Parse<ProjectRow>().ToList();

        Assert.Equal(
            [new ProjectRow { ProjectId = "Project_1", Count = 30, Newest = Requests.Start.AddSeconds(87).UtcDateTime }, new ProjectRow { ProjectId = "Project_3", Count = 30, Newest = Requests.Start.AddSeconds(89).UtcDateTime }],
            rows);
    }

    [Fact]
    public async Task A_scope_sees_its_projects_and_what_meets_its_conditions()
    {
        var database = await NewDatabaseAsync();
        await Store.InsertAsync(database, TelemetryTable.Request, [
            Requests.Row("1", Requests.Start, "Project_1", platform: "web"), Requests.Row("2", Requests.Start, "Project_1", platform: "mobile"),
            Requests.Row("3", Requests.Start, "Project_2", platform: "web"), Requests.Row("4", Requests.Start, "it's \\ */", platform: "a'b\\")], "a", Cancel);
        var scope = TelemetryFixture.Scope(database, "Project_1", "it's \\ */");

        Assert.Equal(["1", "2", "4"], await IdsAsync(scope));
        Assert.Equal(["1"], await IdsAsync(scope with { Conditions = [new("platform", "web")] }));
        Assert.Equal(["4"], await IdsAsync(scope with { Conditions = [new("platform", "a'b\\"), new("region", "eu-west-1")] }));
        Assert.Empty(await IdsAsync(scope with { Projects = [] }));
        Assert.Equal(["1", "2", "3", "4"], await IdsAsync(AccessScope.ForEvaluator(database)));
    }

    public static TheoryData<string> Widenings => ["' OR '1'='1", "\\' OR true --", "*/ OR true /*", "Project_2') OR (1=1", "x\\", "['Project_2']", "Project_1','Project_2", "\\','Project_2", "Project_2\0", "＇ OR true", "\ud83d\ude00') OR true --"];

    [Theory]
    [MemberData(nameof(Widenings))]
    public async Task No_value_widens_a_scope(string value)
    {
        var database = await NewDatabaseAsync();
        await Store.InsertAsync(database, TelemetryTable.Request, [Requests.Row("1", Requests.Start, "Project_1"), Requests.Row("2", Requests.Start, "Project_2")], "a", Cancel);
        var scope = TelemetryFixture.Scope(database, "Project_1");

        Assert.Empty(await IdsAsync(scope with { Projects = [value] }));
        Assert.Empty(await IdsAsync(scope with { Conditions = [new("platform", value)] }));
        Assert.Empty(await IdsAsync(scope, "service = {service:String}", ("service", value)));
        Assert.Empty(await IdsAsync(scope, "service IN {services:Array(String)}", ("services", new[] { value, value })));
    }

    [Fact]
    public async Task A_read_changes_nothing()
    {
        var database = await NewDatabaseAsync();
        foreach (var sql in new[] { "DROP TABLE {database:Identifier}.request /*scope*/", "INSERT INTO {database:Identifier}.schema_script (name) SELECT 'x' WHERE /*scope*/", "TRUNCATE TABLE {database:Identifier}.request /*scope*/" })
        {
            var error = await Assert.ThrowsAnyAsync<Exception>(() => Store.ReadAsync(AccessScope.ForEvaluator(database), new TelemetryQuery(sql.Replace("/*scope*/ ", "", StringComparison.Ordinal), new Dictionary<string, object?>()), Cancel));
            Assert.True(error is ClickHouseException or SreException, $"{sql}: {error}");
        }

        Assert.Empty(await IdsAsync(AccessScope.ForEvaluator(database)));
    }

    [Fact]
    public async Task A_limit_that_is_reached_says_so_in_words()
    {
        var (limited, _) = await StoreAsync(new TelemetryOptions { ResultRows = 10, RowsToRead = 1000, ReadTimeout = TimeSpan.FromSeconds(1) });

        await Refused("SELECT number FROM numbers(100) WHERE /*scope*/", "too large an answer");
        await Refused("SELECT sum(number) FROM numbers(1000000) WHERE /*scope*/", "look through too many requests");

        async Task Refused(string sql, string words)
        {
            var error = await Assert.ThrowsAsync<SreException>(() => limited.ReadAsync(AccessScope.ForEvaluator("sre_test"), new TelemetryQuery(sql, new Dictionary<string, object?>()), Cancel));
            Assert.Equal(SreErrorKind.Invalid, error.Kind);
            Assert.Contains(words, error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_read_that_takes_too_long_is_stopped()
    {
        var (limited, _) = await StoreAsync(new TelemetryOptions { RowsToRead = 1_000_000_000_000, ReadTimeout = TimeSpan.FromSeconds(1) });

        var error = await Assert.ThrowsAsync<SreException>(() => limited.ReadAsync(AccessScope.ForEvaluator("sre_test"), new TelemetryQuery("SELECT sum(cityHash64(number)) FROM numbers_mt(500000000000) WHERE /*scope*/", new Dictionary<string, object?>()), Cancel));

        Assert.Contains("too long", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Wrong_SQL_is_no_message_for_a_person()
    {
        var error = await Assert.ThrowsAsync<ClickHouseException>(() => RowsAsync("SELEC 1"));

        Assert.Equal(62, error.Code);
    }

    [Fact]
    public async Task The_same_batch_again_changes_neither_the_table_nor_its_roll_ups()
    {
        var database = await NewDatabaseAsync();
        var rows = Requests.Seconds(7200);
        await Store.InsertAsync(database, TelemetryTable.Request, rows, "batch", Cancel);
        var first = await TotalsAsync(database, "request");

        await Store.InsertAsync(database, TelemetryTable.Request, rows, "batch", Cancel);
        var (again, _) = await StoreAsync(new TelemetryOptions());
        await again.InsertAsync(database, TelemetryTable.Request, rows, "batch", Cancel);

        Assert.Equal(7200, first.Requests);
        Assert.Equal(7100, first.From100);
        foreach (var table in new[] { "request", "alert_minute", "alert_minute_dim", "alert_hour" })
        {
            Assert.Equal(first, await TotalsAsync(database, table));
        }
    }

    [Fact]
    public async Task Each_roll_up_counts_the_requests_from_each_step_of_the_latency_grid()
    {
        var database = await NewDatabaseAsync();
        await Store.InsertAsync(database, TelemetryTable.Request, [.. LatencyGrid.Milliseconds.Select((step, i) => Requests.Row($"{i}", Requests.Start, latency: step))], "a", Cancel);

        foreach (var table in new[] { "alert_minute", "alert_minute_dim", "alert_hour" })
        {
            var columns = string.Join(", ", LatencyGrid.Milliseconds.Select(step => $"sum({LatencyGrid.Column(step)})"));
            await using var reader = await Store.ReadAsync(AccessScope.ForEvaluator(database), new TelemetryQuery($"SELECT {columns} FROM {{database:Identifier}}.{table} WHERE /*scope*/", new Dictionary<string, object?>()), Cancel);
            Assert.Equal(Enumerable.Range(0, LatencyGrid.Milliseconds.Count).Select(i => (object)(ulong)(LatencyGrid.Milliseconds.Count - i)), Assert.Single(await RowsAsync(reader)));
        }

        Assert.Null(LatencyGrid.Column(20.5));
    }

    [Fact]
    public async Task Equal_rows_under_another_token_count_again()
    {
        var database = await NewDatabaseAsync();
        var rows = Requests.Seconds(100);
        await Store.InsertAsync(database, TelemetryTable.Request, rows, "it's \\ one", Cancel);
        await Store.InsertAsync(database, TelemetryTable.Request, rows, "it's \\ two", Cancel);

        Assert.Equal(200, (await TotalsAsync(database, "request")).Requests);
        Assert.Equal(200, (await TotalsAsync(database, "alert_minute")).Requests);
        Assert.Equal(200, (await TotalsAsync(database, "alert_minute_dim")).Requests);
        Assert.Equal(200, (await TotalsAsync(database, "alert_hour")).Requests);
    }

    [Fact]
    public async Task More_words_than_two_bytes_can_count_come_back()
    {
        var database = await NewDatabaseAsync();
        object?[][] rows = [.. Enumerable.Range(0, 70_000).Select(i => Requests.Row($"{i}", Requests.Start, server: $"s{i}"))];

        await Store.InsertAsync(database, TelemetryTable.Request, [.. rows, Requests.Row("70000", Requests.Start, server: "s1")], "a", Cancel);

        Assert.Equal(70_001, (await IdsAsync(AccessScope.ForEvaluator(database), "concat('s', request_id) = server_id OR request_id = '70000' AND server_id = 's1'")).Count);
    }

    [Theory]
    [InlineData(50)]
    [InlineData(90)]
    [InlineData(95)]
    [InlineData(99)]
    public async Task A_percentile_is_the_nearest_rank_for_any_count_of_requests(int percent)
    {
        // Each n from 1 to 2,000, the whole multiples among them, and larger ones at and beside a multiple.
        var sql = MetricCatalogue.Find("latency").Aggregate($"p{percent}").RequestSql;
        var small = await RowsAsync($"SELECT n, {sql} FROM (SELECT n, toFloat64(cityHash64(rank, n)) AS unused, toFloat64(rank + 1) AS execution_time FROM (SELECT arrayJoin(range(1, 2001)) AS n, arrayJoin(range(n)) AS rank) ORDER BY unused)", " GROUP BY n");
        Assert.Equal(2000, small.Count);
        Assert.All(small, row => Assert.Equal(Rank(Convert.ToInt64(row[0])), Convert.ToInt64(row[1])));
        foreach (var n in new long[] { 100_000, 99_999, 100_001, 3_000_000, 3_000_001 })
        {
            Assert.Equal(Rank(n), Convert.ToInt64(Assert.Single(await RowsAsync($"SELECT {sql} FROM (SELECT toFloat64({n} - number) AS execution_time FROM numbers({n}))"))[0]));
        }

        Assert.Equal(DBNull.Value, Assert.Single(await RowsAsync($"SELECT {sql} FROM (SELECT toFloat64(number) AS execution_time FROM numbers(0))"))[0]);

        long Rank(long n) => ((percent * n) + 99) / 100;
    }

    [Fact]
    public async Task A_batch_over_midnight_is_completed_by_the_same_call_again()
    {
        var database = await NewDatabaseAsync();
        var midnight = new DateTimeOffset(Requests.Start.Date, TimeSpan.Zero);
        object?[][] rows = [Requests.Row("old", midnight.AddSeconds(-1)), Requests.Row("new", midnight.AddSeconds(1))];

        await Store.InsertAsync(database, TelemetryTable.Request, [rows[0]], "batch", Cancel); // as if the second day had been cut off
        await Store.InsertAsync(database, TelemetryTable.Request, rows, "batch", Cancel);
        await Store.InsertAsync(database, TelemetryTable.Request, rows, "batch", Cancel);

        Assert.Equal(["new", "old"], await IdsAsync(AccessScope.ForEvaluator(database)));
        Assert.Equal(2, (await TotalsAsync(database, "alert_hour")).Requests);
    }

    [Fact]
    public async Task A_row_that_does_not_fit_keeps_its_whole_batch_out()
    {
        var database = await NewDatabaseAsync();
        var bad = Requests.Row("2", Requests.Start);
        bad[9] = 70_000;

        var error = await Assert.ThrowsAsync<ArgumentException>(() => Store.InsertAsync(database, TelemetryTable.Request, [Requests.Row("1", Requests.Start), bad], "a", Cancel));

        Assert.Contains("request.status", error.Message, StringComparison.Ordinal);
        Assert.Empty(await IdsAsync(AccessScope.ForEvaluator(database)));
    }

    [Fact]
    public async Task Change_events_and_dependencies_are_kept()
    {
        var database = await NewDatabaseAsync();
        await Store.InsertAsync(database, TelemetryTable.ChangeEvent, [["c1", Requests.Start, "Project_1", "deploy", "checkout", "v43", "Deploy of v43", "", ""]], "c", Cancel);
        await Store.InsertAsync(database, TelemetryTable.Dependency, [[Requests.Start, "Project_1", "checkout", "bank", 5, 1, 50.0, 20.0], [Requests.Start, "Project_1", "checkout", "bank", 1, 0, 30.0, 30.0]], "d", Cancel);

        await using var changes = await Store.ReadAsync(TelemetryFixture.Scope(database, "Project_1"), new TelemetryQuery("SELECT change_id, version, timestamp FROM {database:Identifier}.change_event WHERE /*scope*/", new Dictionary<string, object?>()), Cancel);
        await using var calls = await Store.ReadAsync(TelemetryFixture.Scope(database, "Project_1"), new TelemetryQuery("SELECT caller, callee, sum(request_count), sum(error_count), sum(latency_sum), max(latency_max) FROM {database:Identifier}.dependency WHERE /*scope*/ GROUP BY caller, callee", new Dictionary<string, object?>()), Cancel);

        Assert.Equal(["c1", "v43", Requests.Start.UtcDateTime], Assert.Single(await RowsAsync(changes)));
        Assert.Equal(["checkout", "bank", 6UL, 1UL, 80.0, 30.0], Assert.Single(await RowsAsync(calls)));
    }

    [Fact]
    public async Task Roll_ups_that_lost_rows_are_made_again_from_the_requests()
    {
        var database = await NewDatabaseAsync();
        await Store.InsertAsync(database, TelemetryTable.Request, Requests.Seconds(7200), "a", Cancel);
        foreach (var table in new[] { "alert_minute", "alert_minute_dim", "alert_hour" })
        {
            await Transport.ExecuteAsync($"TRUNCATE TABLE {database}.{table}", Cancel);
        }

        await Transport.ExecuteAsync($"INSERT INTO {database}.alert_minute (minute, project_id, request_count) VALUES (toDateTime('{Requests.Start.AddMinutes(5):yyyy-MM-dd HH:mm:ss}', 'UTC'), 'Project_1', 17)", Cancel);
        await Store.RebuildRollupsAsync(database, Requests.Start, Requests.Start.AddHours(2), Cancel);
        await Store.RebuildRollupsAsync(database, Requests.Start, Requests.Start.AddHours(2), Cancel);

        var raw = await TotalsAsync(database, "request");
        Assert.Equal(raw, await TotalsAsync(database, "alert_minute"));
        Assert.Equal(raw, await TotalsAsync(database, "alert_minute_dim"));
        Assert.Equal(raw, await TotalsAsync(database, "alert_hour"));
    }

    [Fact]
    public async Task A_batch_that_was_cut_off_and_is_sent_again_after_a_rebuild_counts_once()
    {
        var database = await NewDatabaseAsync();
        var rows = Requests.Seconds(300);
        await Store.InsertAsync(database, TelemetryTable.Request, rows, "cut", Cancel);
        await Transport.ExecuteAsync($"TRUNCATE TABLE {database}.alert_minute", Cancel); // the batch's rows had not reached it

        await Store.RebuildRollupsAsync(database, Requests.Start, Requests.Start.AddHours(1), Cancel);
        var (restarted, _) = await StoreAsync(new TelemetryOptions());
        await restarted.InsertAsync(database, TelemetryTable.Request, rows, "cut", Cancel);
        await restarted.InsertAsync(database, TelemetryTable.Request, Requests.Seconds(10, "later"), "later", Cancel);

        Assert.Equal(310, (await TotalsAsync(database, "request")).Requests);
        Assert.Equal(310, (await TotalsAsync(database, "alert_minute")).Requests);
        Assert.Equal(310, (await TotalsAsync(database, "alert_minute_dim")).Requests);
        Assert.Equal(310, (await TotalsAsync(database, "alert_hour")).Requests);
    }

    [Fact]
    public async Task Migrating_again_changes_nothing_and_follows_the_retention()
    {
        var database = await NewDatabaseAsync();
        await Store.InsertAsync(database, TelemetryTable.Request, Requests.Seconds(10), "a", Cancel);

        await Store.MigrateAsync(database, Cancel);
        var (shorter, _) = await StoreAsync(new TelemetryOptions { RetentionDays = 7 });
        await shorter.MigrateAsync(database, Cancel);

        var scripts = await RowsAsync("SELECT name FROM {db:Identifier}.schema_script", ("db", database));
        var engines = await RowsAsync("SELECT engine_full FROM (SELECT * FROM system.tables WHERE database = {db:String} AND name IN ('request', 'change_event', 'dependency'))", ("db", database));
        Assert.Single(scripts, script => (string)script[0] == "Telemetry/001_first.sql");
        Assert.All(engines, engine => Assert.Contains("toIntervalDay(7)", (string)engine[0], StringComparison.Ordinal));
        Assert.Equal(3, engines.Count);
        Assert.Equal(10, (await TotalsAsync(database, "request")).Requests);
    }

    [Fact]
    public async Task A_database_of_a_newer_version_is_refused()
    {
        var database = await NewDatabaseAsync();
        await Transport.ExecuteAsync($"INSERT INTO {database}.schema_script (name) VALUES ('Telemetry/999_later.sql')", Cancel);

        var error = await Assert.ThrowsAsync<SreException>(() => Store.MigrateAsync(database, Cancel));

        Assert.Equal(SreErrorKind.Conflict, error.Kind);
        Assert.Contains("999_later", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_request_is_found_by_its_id_without_reading_the_table()
    {
        var database = await NewDatabaseAsync();
        await Store.InsertAsync(database, TelemetryTable.Request, Requests.Seconds(50_000), "a", Cancel);

        await using var plan = await Transport.QueryAsync("EXPLAIN indexes = 1 SELECT * FROM {db:Identifier}.request WHERE request_id = 'r31415'", new Dictionary<string, string> { ["db"] = database }, Cancel);
        var text = string.Join('\n', (await RowsAsync(plan)).Select(row => row[0]));

        var granules = System.Text.RegularExpressions.Regex.Match(text[text.IndexOf("request_id_index", StringComparison.Ordinal)..], @"Granules: (\d+)/(\d+)");
        Assert.True(granules.Success, text);
        Assert.True(int.Parse(granules.Groups[1].Value) * 3 < int.Parse(granules.Groups[2].Value), text);
    }

    [Fact]
    public async Task A_dropped_database_is_gone_and_can_be_made_again()
    {
        var database = await NewDatabaseAsync();
        await Store.InsertAsync(database, TelemetryTable.Request, Requests.Seconds(10), "a", Cancel);

        await Store.DropAsync(database, Cancel);
        await Store.DropAsync(database, Cancel);
        await Store.MigrateAsync(database, Cancel);

        Assert.Empty(await IdsAsync(AccessScope.ForEvaluator(database)));
    }

    [Fact]
    public async Task Readers_at_the_same_time_keep_their_own_parameters()
    {
        var reads = Enumerable.Range(0, 40).Select(async i => (Asked: (long)i, Got: (long)(await RowsAsync("SELECT {n:Int64} + 0 * sleep(0.01)", ("n", i)))[0][0]));

        Assert.All(await Task.WhenAll(reads), pair => Assert.Equal(pair.Asked, pair.Got));
    }

    private static DateTime Utc(int year, int month, int day, int hour, int minute, int second) => new(year, month, day, hour, minute, second, DateTimeKind.Utc);

    internal sealed record Totals
    {
        public long Requests { get; init; }
        public long Errors { get; init; }
        public double Cost { get; init; }
        public double Latency { get; init; }
        public double Worst { get; init; }
        public long From100 { get; init; }
    }

    private sealed record ProjectRow
    {
        public string ProjectId { get; init; } = "";
        public long Count { get; init; }
        public double? Nothing { get; init; }
        public DateTime Newest { get; init; }
    }
}
