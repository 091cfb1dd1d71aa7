using System.Text.RegularExpressions;
using Microsoft.Extensions.Logging.Abstractions;
using SreBot.Alerts.Evaluation;
using SreBot.Alerts.Rules;
using SreBot.Cli.Seeding;
using SreBot.Investigations;
using SreBot.Model;
using SreBot.Telemetry;
using SreBot.Tests.Alerts.Evaluation;
using SreBot.Tests.Fixtures;
using SreBot.Tests.Planning;

namespace SreBot.Tests.Telemetry.Sources;

/// <summary>The same questions have the same answers over own rows and over the Collector's table, mapped or only read.</summary>
public sealed partial class SourceQuestionsTests(PostgresFixture postgres, TelemetryFixture telemetry)
{
    private static readonly TimeWindow Window = new(QuestionHouse.Now.AddSeconds(-30).AddHours(-1), QuestionHouse.Now.AddSeconds(-30));

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("mapped")]
    [InlineData("read-only")]
    public async Task Answers_in_chat_are_the_same(string mode)
    {
        await using var house = await SourceHouse.NewAsync(telemetry);
        await house.FillAsync();
        var (store, database) = house.Store(mode);
        await store.MigrateAsync(database, Cancel);
        var own = await QuestionHouse.NewAsync(postgres, telemetry.Store, house.Own);
        var other = await QuestionHouse.NewAsync(postgres, store, database);

        foreach (var question in (string[])[
            "which server is the slowest in the last hour?", "p95 latency of Server_9 in the last 30 minutes", "error rate in the last 30 minutes", "which endpoint fails most?",
            "cpu of Server_9 in the last hour", "which project sends most requests?", "memory by server", "total cost by project in the last hour", "why is Server_9 slow?", "what is wrong?",
            "requests of mobile in eu-west-1 in the last hour", "latency of Server_77"])
        {
            Assert.Equal(Said(await own.AskAsync(question)), Said(await other.AskAsync(question)));
        }

        Assert.Contains("Server_9", Said(await other.AskAsync("why is Server_9 slow?")), StringComparison.Ordinal);
    }

    private static readonly string AllColumns = string.Join(", ", TelemetryTable.Request.Columns.Select(column => column.Name));

    [Theory]
    [InlineData("mapped")]
    [InlineData("read-only")]
    public async Task Each_read_gives_the_same_rows(string mode)
    {
        await using var house = await SourceHouse.NewAsync(telemetry);
        await house.FillAsync();
        var (store, database) = house.Store(mode);
        await store.MigrateAsync(database, Cancel);
        List<TelemetryQuery> queries =
        [
            Symptoms.Query(Window, [new DimensionCondition("region", "eu-west-1")]),
            CellQuery.Of(new TimeWindow(Window.From.AddMinutes(-30), Window.From), new TimeWindow(Window.From, Window.From.AddMinutes(30)), new TimeWindow(Window.From.AddMinutes(30), Window.To)),
            new($$"""SELECT {{AllColumns}} FROM {database:Identifier}.request WHERE /*scope*/ AND timestamp >= {from:DateTime64(3)} AND timestamp < {to:DateTime64(3)}""", new Dictionary<string, object?> { ["from"] = Window.From, ["to"] = Window.To }),
            new($$"""SELECT {{AllColumns}} FROM {database:Identifier}.request WHERE /*scope*/ AND request_id = {id:String}""", new Dictionary<string, object?> { ["id"] = $"a{77:x31}-{77:x16}" }),
        ];
        foreach (var metric in MetricCatalogue.All)
        {
            foreach (var aggregate in metric.Aggregates)
            {
                queries.Add(MetricQueries.Total(aggregate, Window, []));
                queries.Add(MetricQueries.Series(aggregate, Window, TimeSpan.FromMinutes(5), [new DimensionCondition("platform", "mobile")]));
                queries.Add(MetricQueries.Top(aggregate, Window, "endpoint", [], 100));
                queries.Add(MetricQueries.SeriesBy(aggregate, Window, TimeSpan.FromMinutes(10), "server_id", []));
            }
        }

        foreach (var query in queries)
        {
            var expected = await SourceHouse.RowsAsync(telemetry.Store, SourceHouse.Scope(house.Own), query);
            Assert.NotEmpty(expected);
            Assert.Equal(expected, await SourceHouse.RowsAsync(store, SourceHouse.Scope(database), query));
        }
    }

    [Theory]
    [InlineData("mapped", false)]
    [InlineData("mapped", true)]
    [InlineData("read-only", false)]
    public async Task Alert_rules_have_the_same_values(string mode, bool isFilled)
    {
        await using var house = await SourceHouse.NewAsync(telemetry);
        await house.FillAsync();
        var (store, database) = house.Store(mode);
        await store.MigrateAsync(database, Cancel);
        if (isFilled)
            await store.MaintainAsync(database, house.Time.GetUtcNow().AddHours(2), mayWrite: true, Cancel);

        IReadOnlyList<AlertRule> rules = [.. ((string[])[
            "create latency max >= 20 ms over 1m in Project_1 as a", "create latency p95 >= 20 ms over 5m in Project_1, Project_2 as b", "create error_rate >= 1 % over 30m in Project_1, Project_2, Project_3 by region as c",
            "create requests rate >= 1 over 10m in Project_2 as d", "create cpu mean >= 10 % over 5m in Project_1, Project_2, Project_3 by server as e", "create cost sum >= 1 USD over 15m in Project_3 where platform = mobile as f"])
            .Select(text => ((AlertCommand.Create)AlertGrammar.Parse(text, new AlertDefaults(["Project_1", "Project_2", "Project_3"], [], null))).Rule with { Id = Guid.NewGuid() })];
        var tick = Requests.Start.AddMinutes(40);

        var expected = await ReadAsync(telemetry.Store, house.Own, rules, tick);

        Assert.NotEmpty(expected);
        Assert.Equal(expected, await ReadAsync(store, database, rules, tick));
    }

    [Theory]
    [InlineData("mapped")]
    [InlineData("read-only")]
    public async Task Another_project_is_not_seen(string mode)
    {
        await using var house = await SourceHouse.NewAsync(telemetry);
        await house.WriteAsync([.. Enumerable.Range(0, 30).Select(i => Requests.Row("", Requests.Start.AddSeconds(i), $"Project_{(i % 3) + 1}"))], "a");
        var (store, database) = house.Store(mode);
        await store.MigrateAsync(database, Cancel);
        var query = new TelemetryQuery("SELECT project_id, count() FROM {database:Identifier}.request WHERE /*scope*/ GROUP BY project_id", new Dictionary<string, object?>());

        Assert.Equal(["Project_2 | 10"], await SourceHouse.RowsAsync(store, TelemetryFixture.Scope(database, "Project_2"), query));
        Assert.Empty(await SourceHouse.RowsAsync(store, TelemetryFixture.Scope(database, "Project_9"), query));
        Assert.Empty(await SourceHouse.RowsAsync(store, TelemetryFixture.Scope(database), query));
        Assert.Empty(await SourceHouse.RowsAsync(store, TelemetryFixture.Scope(database, "Project_2") with { Conditions = [new DimensionCondition("platform", "mobile")] }, query));
    }

    [Theory]
    [InlineData("mapped")]
    [InlineData("read-only")]
    public async Task Text_in_a_span_stays_text(string mode)
    {
        const string evil = "x') OR 1=1; DROP TABLE request --{from:DateTime64(3)} /*scope*/ \\' `";
        await using var house = await SourceHouse.NewAsync(telemetry);
        await house.ExecuteAsync(OtelTable.Span(house.Otel, Requests.Start, 5, "Project_1", evil, evil, "t1", "s1"));
        await house.ExecuteAsync(OtelTable.Span(house.Otel, Requests.Start, 7, evil, "checkout", "GET /", "t2", "s2"));
        var (store, database) = house.Store(mode);
        await store.MigrateAsync(database, Cancel);
        var query = new TelemetryQuery("SELECT service, endpoint, execution_time FROM {database:Identifier}.request WHERE /*scope*/ AND service = {service:String}", new Dictionary<string, object?> { ["service"] = evil });

        Assert.Equal([$"{evil} | {evil} | 5"], await SourceHouse.RowsAsync(store, TelemetryFixture.Scope(database, "Project_1"), query));
        Assert.Empty(await SourceHouse.RowsAsync(store, TelemetryFixture.Scope(database, evil), query));
    }

    private static async Task<IReadOnlyList<string>> ReadAsync(ITelemetryStore store, string database, IReadOnlyList<AlertRule> rules, DateTimeOffset tick)
    {
        var reader = new AlertReader(store, NullLogger<AlertReader>.Instance);
        var readings = await WholeReading.OfAsync(store, database, rules, tick);
        var worst = await reader.WorstAsync(database, rules, tick, Cancel);
        var frontier = await new AlertIngest(store).FrontierAsync(database, null, tick, new SreBot.Alerts.AlertOptions(), Cancel);
        return
        [
            $"{frontier.At}",
            .. rules.SelectMany(rule => readings.Of(rule.Id).Select(reading => $"{rule.Name} {reading.GroupKey} {reading.Value:G9} {reading.Count}").Append($"{rule.Name} {readings.FailureOf(rule.Id)}")).Order(StringComparer.Ordinal),
            .. worst.Select(entry => $"{rules.First(rule => rule.Id == entry.Key.AlertId).Name} {entry.Key.GroupKey} {entry.Value}").Order(StringComparer.Ordinal),
        ];
    }

    private static string Said(SreBot.Adapters.Chat.ChatReply reply) => Ids().Replace(QuestionHouse.Text(reply), "#");

    [GeneratedRegex("[0-9a-f]{8}-[0-9a-f-]{27}")]
    private static partial Regex Ids();
}
