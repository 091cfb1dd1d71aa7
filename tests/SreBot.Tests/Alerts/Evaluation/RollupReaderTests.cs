using Microsoft.Extensions.Logging.Abstractions;
using SreBot.Alerts.Evaluation;
using SreBot.Alerts.Rules;
using SreBot.Alerts.States;
using SreBot.Telemetry;
using SreBot.Tests.Fixtures;
using SreBot.Tests.Telemetry;

namespace SreBot.Tests.Alerts.Evaluation;

public sealed class RollupReaderTests(TelemetryFixture telemetry)
{
    private static readonly int[] AllShards = [0, 1, 2, 3];

    private static DateTimeOffset Tick => Requests.Start.AddMinutes(10);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_new_metric_is_one_entry(bool isRolledUp)
    {
        var database = await DatabaseAsync();
        var spread = new MetricAggregate("spread", "maxOrNull(execution_time) - avgOrNull(execution_time)", "maxOrNull(latency_max) - sum(latency_sum) / nullIf(sum(request_count), 0)", "ms");
        var active = new MetricAggregate("max", "maxOrNull(number_of_active_requests)", RollupSql: null);
        var metric = isRolledUp ? new Metric("swing", "latency swing", "ms", [spread], "execution_time") : new Metric("active", "active requests", "requests", [active], "number_of_active_requests");
        var rule = Rule("Project_1") with { Metric = metric.Name, Aggregate = metric.Aggregates[0].Name, Measure = new Measure(metric, metric.Aggregates[0]), Threshold = isRolledUp ? 20 : 3 };
        var clear = rule with { Id = Guid.NewGuid(), Threshold = 1000 };

        var readings = await Reader.ReadAsync(Set(database, rule, clear), Tick, [], Cancel);

        var reading = Assert.Single(readings.Of(rule.Id));
        Assert.Equal((isRolledUp ? 32 : 3, 8L), (reading.Value, reading.Count));
        Assert.Equal((Verdict.Breach, Verdict.Clear), (reading.VerdictBy(rule), Assert.Single(readings.Of(clear.Id)).VerdictBy(clear)));
        var step = AlertStep.Take(rule, AlertState.New(Tick.AddMinutes(-1)), reading.VerdictBy(rule), reading.Value, Tick, isSilenced: false);
        Assert.Equal((AlertPhase.Triggered, AlertNotice.Opened), (step.State.Phase, step.Notice));
        Assert.Equal("s-Project_1-7", (await Reader.WorstAsync(database, [rule], Tick, Cancel))[(rule.Id, "")].RequestId);
    }

    [Fact]
    public async Task Replicas_that_hold_the_same_rules_write_them_once_and_read_the_same()
    {
        var database = await DatabaseAsync();
        AlertRule[] rules = [Rule("Project_1"), Rule("Project_2") with { Projects = ["Project_2", "Project_3"] }];

        var read = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Reader.ReadAsync(Set(database, rules), Tick, [], Cancel)));

        Assert.Equal(3, await RowsAsync(database));
        Assert.All(read, readings => Assert.Equal([(40.0, 8L), (40.0, 16L)], rules.Select(rule => (readings.Of(rule.Id)[0].Value!.Value, readings.Of(rule.Id)[0].Count))));
    }

    [Fact]
    public async Task A_mirror_that_went_away_is_written_again_before_anything_is_concluded()
    {
        var database = await DatabaseAsync();
        var rule = Rule("Project_1");
        var set = Set(database, rule);
        await Reader.ReadAsync(set, Tick, [], Cancel);
        await telemetry.Transport.ExecuteAsync($"ALTER TABLE {database}.alert_rule DELETE WHERE true SETTINGS mutations_sync = 2", Cancel);
        Assert.Equal(0, await RowsAsync(database));

        var readings = await Reader.ReadAsync(set, Tick, [], Cancel);

        Assert.Equal(40.0, Assert.Single(readings.Of(rule.Id)).Value);
        Assert.Equal(1, await RowsAsync(database));
    }

    [Fact]
    public async Task Rules_of_an_older_version_are_dropped_those_of_other_shards_and_young_ones_are_not()
    {
        var database = await DatabaseAsync();
        var (own, other) = (Rule("Project_1", shard: 0), Rule("Project_2", shard: 1));
        await Reader.ReadAsync(new AlertRuleSet(database, 1, [own], [0]), Tick, [], Cancel);
        await Reader.ReadAsync(new AlertRuleSet(database, 1, [other], [1]), Tick, [], Cancel);
        await telemetry.Transport.ExecuteAsync($"ALTER TABLE {database}.alert_rule UPDATE inserted_at = now() - 3600 WHERE true SETTINGS mutations_sync = 2", Cancel);
        await Reader.ReadAsync(new AlertRuleSet(database, 2, [own], [0]), Tick, [], Cancel);
        Assert.Equal(2, await RowsAsync(database));

        await Reader.ReadAsync(new AlertRuleSet(database, 3, [own], [0]), Tick, [], Cancel);

        Assert.Equal(3, await RowsAsync(database));
    }

    [Fact]
    public async Task A_poison_rule_stops_no_other_and_is_read_alone_from_then_on()
    {
        var database = await DatabaseAsync();
        var poison = new MetricAggregate("poison", "maxOrNull(execution_time) + throwIf(countIf(project_id = 'Project_2') > 0, 'poison')", RollupSql: null);
        var measure = new Measure(new Metric("poison", "poison", "ms", [poison], null), poison);
        AlertRule[] rules = [.. Enumerable.Range(0, 8).Select(i => Rule(i == 5 ? "Project_2" : "Project_1") with { Metric = "poison", Aggregate = "poison", Measure = measure })];
        var set = Set(database, rules);

        var first = await Reader.ReadAsync(set, Tick, [], Cancel);
        var second = await Reader.ReadAsync(set, Tick.AddMinutes(1), [], Cancel);

        foreach (var readings in new[] { first, second })
        {
            Assert.Contains("poison", Assert.Single(readings.Failures).Value, StringComparison.Ordinal);
            Assert.NotNull(readings.FailureOf(rules[5].Id));
            Assert.All(rules.Where((_, i) => i != 5), rule => Assert.Equal(72.0, Assert.Single(readings.Of(rule.Id)).Value));
        }

        Assert.Equal((7, 2), (first.Queries, second.Queries));
    }

    [Fact]
    public async Task A_rule_with_too_many_groups_fails_alone()
    {
        var database = await DatabaseAsync();
        await telemetry.Store.InsertAsync(database, TelemetryTable.Request,
            [.. Enumerable.Range(0, 1001).Select(i => Requests.Row($"g{i}", Tick.AddMinutes(-1), "Project_9", 5, server: $"Server_{i}"))], "groups", Cancel);
        AlertRule[] rules = [Rule("Project_9") with { GroupBy = ["server_id"] }, Rule("Project_1") with { GroupBy = ["server_id"] }];

        var readings = await Reader.ReadAsync(Set(database, rules), Tick, [], Cancel);

        Assert.Equal("The rule has more than 1000 groups.", readings.FailureOf(rules[0].Id));
        Assert.Equal("server_id=Server_1", Assert.Single(readings.Of(rules[1].Id)).GroupKey);
    }

    [Fact]
    public async Task Groups_at_rest_come_back_only_where_their_rule_is_watched()
    {
        var database = await DatabaseAsync();
        await telemetry.Store.InsertAsync(database, TelemetryTable.Request, [Requests.Row("quick", Tick.AddMinutes(-1), latency: 5, server: "Server_2")], "quick", Cancel);
        AlertRule[] rules = [Rule("Project_1") with { GroupBy = ["server_id"] }, Rule("Project_1") with { GroupBy = ["server_id"] }];

        var readings = await Reader.ReadAsync(Set(database, rules), Tick, [(rules[1].Id, "server_id=Server_2")], Cancel);

        Assert.Equal(["server_id=Server_1"], readings.Of(rules[0].Id).Select(reading => reading.GroupKey));
        Assert.Equal(["server_id=Server_1", "server_id=Server_2"], readings.Of(rules[1].Id).Select(reading => reading.GroupKey).Order());
    }

    [Fact]
    public async Task A_percentile_that_counters_clear_needs_no_single_request()
    {
        var database = await DatabaseAsync();
        AlertRule[] rules = [Rule("Project_1") with { Aggregate = "p95", Threshold = 500 }, Rule("Project_1") with { Aggregate = "p95", Threshold = 50 }];

        var clear = await Reader.ReadAsync(Set(database, rules[0]), Tick, [], Cancel);
        var both = await Reader.ReadAsync(Set(database, rules), Tick, [], Cancel);

        Assert.Equal((1, new AlertReading("", null, 8, Verdict.Clear)), (clear.Queries, Assert.Single(clear.Of(rules[0].Id))));
        Assert.Equal((2, new AlertReading("", 72, 8)), (both.Queries, Assert.Single(both.Of(rules[1].Id))));
    }

    private AlertReader Reader => new(telemetry.Store, NullLogger<AlertReader>.Instance);

    /// <summary>In each of three projects a request a minute in the eight minutes before the tick: 8 ms, six of 40 ms, 72 ms.</summary>
    private async Task<string> DatabaseAsync()
    {
        var database = await telemetry.NewDatabaseAsync();
        await telemetry.Store.InsertAsync(database, TelemetryTable.Request,
        [
            .. from project in new[] { "Project_1", "Project_2", "Project_3" }
               from i in Enumerable.Range(0, 8)
               select Requests.Row($"s-{project}-{i}", Tick.AddMinutes(i - 8), project, i == 7 ? 72 : i == 0 ? 8 : 40),
        ], "rows", Cancel);
        return database;
    }

    private static AlertRuleSet Set(string database, params IReadOnlyList<AlertRule> rules) => new(database, 1, rules, AllShards);

    private async Task<long> RowsAsync(string database)
    {
        await using var reader = await telemetry.Transport.QueryAsync($"SELECT count() FROM {database}.alert_rule", new Dictionary<string, string>(), Cancel);
        Assert.True(reader.Read());
        return reader.GetInt64(0);
    }

    private static AlertRule Rule(string project, byte shard = 0)
    {
        var id = Guid.NewGuid().ToByteArray(bigEndian: true);
        id[15] = shard;
        return new AlertRule
        {
            Id = new Guid(id, bigEndian: true),
            OrganizationId = 1,
            Name = $"rule {project}",
            Projects = [project],
            Metric = "latency",
            Aggregate = "mean",
            Comparator = AlertComparator.GreaterOrEqual,
            Threshold = 20,
            Window = TimeSpan.FromMinutes(8),
        };
    }
}
