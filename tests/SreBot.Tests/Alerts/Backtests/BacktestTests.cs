using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using SreBot.Adapters.Chat;
using SreBot.Alerts.Backtests;
using SreBot.Alerts.Rules;
using SreBot.Evidence;
using SreBot.Model;
using SreBot.Telemetry;
using SreBot.Tests.Fixtures;
using SreBot.Tests.Planning;
using SreBot.Tests.Telemetry;

namespace SreBot.Tests.Alerts.Backtests;

public sealed class BacktestTests(PostgresFixture postgres, TelemetryFixture telemetry)
{
    private static readonly TimeSpan Past = TimeSpan.FromHours(3);
    private static readonly AlertRule Slow = new()
    {
        Name = "slow", Projects = ["Project_1"], Metric = "latency", Aggregate = "mean", Comparator = AlertComparator.GreaterOrEqual, Threshold = 50, Window = TimeSpan.FromMinutes(1), Cooldown = TimeSpan.FromMinutes(2),
    };

    private readonly KnownIncidents incidents = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Tells_what_a_rule_would_have_done_with_every_number_on_the_record()
    {
        using var house = await HouseAsync((30, 36, 200), (60, 64, 200), (70, 74, 200));
        incidents.All.AddRange([Incident(1, 30, 36), Incident(2, 150, 155)]);
        var store = new StepStore(house.Postgres);
        var recorders = new StepRecorderFactory(house.Telemetry, house.Postgres, store, house.Time, NullLogger<StepRecorder>.Instance);

        var reply = await new AlertBacktests(BacktestHouse.Backtester(house.Telemetry, incidents), recorders, house.Time).RunAsync(house.Caller(), Slow, Past, Cancel);

        Assert.Equal("\"slow\" would have fired 3 times in the last 3 hours, triggered for 14m in all; it caught 1 of 2 incidents.", reply.Summary);
        var text = QuestionHouse.Text(reply);
        Assert.Contains("2 episodes beside no incident, 16 a day", text, StringComparison.Ordinal);
        Assert.Contains("fired again within 30 minutes of its end 2 times, the quiet time was broken 0 times", text, StringComparison.Ordinal);
        Assert.Contains("10:31 | ", text, StringComparison.Ordinal);
        Assert.Contains("105 ms | 105 ms", text, StringComparison.Ordinal);
        Assert.Contains("INC-2 | ", text, StringComparison.Ordinal);
        var chart = Assert.Single(reply.Blocks.OfType<ReplyChart>());
        Assert.Equal((50, 105), (chart.Threshold, Assert.Single(chart.Series).Points.Max(point => point.Value)));
        Assert.Equal(Requests.Start.AddMinutes(31), chart.Highlight!.From);
        var page = reply.Blocks.OfType<ReplySection>().SelectMany(section => section.Paragraphs).SelectMany(paragraph => paragraph.Runs).Select(run => run.Url).Last(url => url is not null)!;
        var kept = await store.FindAsync(house.Scope, Guid.Parse(page.Split('/')[^1]), Cancel);
        Assert.Contains("Project_1", string.Join(' ', kept!.Steps.Select(step => step.Sql)), StringComparison.Ordinal);
        Assert.True(new ClaimChecker(kept.Steps, ["slow"]).Holds(reply.Summary));
    }

    [Fact]
    public async Task A_percentile_shows_its_exact_values_and_no_more_than_the_scope_sees()
    {
        using var house = await HouseAsync((30, 36, 200));
        var rule = Slow with { Aggregate = "p95", Window = TimeSpan.FromMinutes(5), Comparator = AlertComparator.Greater };

        var result = await RunAsync(house, rule);
        var mobile = await RunAsync(house, rule, house.Scope with { Conditions = [new DimensionCondition("platform", "mobile")] });

        var episode = Assert.Single(Episodes(result));
        Assert.Equal((Requests.Start.AddMinutes(31), 200, 200), (episode.From, episode.Value, episode.Worst));
        Assert.Contains("no request that it watches came", mobile.Summary, StringComparison.Ordinal);
        var outside = await Assert.ThrowsAsync<SreException>(() => RunAsync(house, rule with { Projects = ["Project_9"] }));
        Assert.Equal(SreErrorKind.Forbidden, outside.Kind);
    }

    [Theory]
    [InlineData("mean", 45, 105)]
    [InlineData("p95", 80, 200)]
    public async Task Suggests_a_threshold_that_catches_the_incidents_and_nothing_else(string aggregate, double quiet, double loud)
    {
        using var house = await HouseAsync((30, 36, 200), (60, 64, 80), (100, 104, 80));
        incidents.All.Add(Incident(1, 30, 36));
        var rule = Slow with { Aggregate = aggregate, Threshold = 0 };

        var result = await BacktestHouse.Backtester(house.Telemetry, incidents).SuggestAsync(Context(house), rule, Past, Cancel);

        var best = JsonSerializer.SerializeToElement(result.Facts, SreJson.Options).GetProperty("suggestions")[0];
        Assert.Equal((1, 0), (best.GetProperty("caught").GetInt32(), best.GetProperty("falseAWeek").GetDouble()));
        Assert.InRange(best.GetProperty("threshold").GetDouble(), quiet + 0.01, loud);
        Assert.Contains("would have caught 1 of 1 incident in the last 3 hours, with 0 false episodes a week", result.Summary, StringComparison.Ordinal);
        Assert.Equal(Requests.Start.AddMinutes(31), Assert.Single(Episodes(await RunAsync(house, rule with { Threshold = best.GetProperty("threshold").GetDouble() }))).From);
    }

    [Fact]
    public async Task Without_incidents_it_suggests_by_quietness()
    {
        using var house = await HouseAsync((30, 36, 200), (60, 64, 80), (100, 104, 80));

        var result = await BacktestHouse.Backtester(house.Telemetry, incidents).SuggestAsync(Context(house), Slow, Past, Cancel);

        Assert.Contains("There was no incident", result.Summary, StringComparison.Ordinal);
        var found = JsonSerializer.SerializeToElement(result.Facts, SreJson.Options).GetProperty("suggestions").EnumerateArray().Select(one => one.GetProperty("threshold").GetDouble()).ToList();
        Assert.InRange(found[0], 45.01, 105); // fires once
        Assert.True(found[1] > 105); // never
    }

    [Fact]
    public async Task A_metric_of_its_own_needs_no_more_than_its_entry()
    {
        using var house = await HouseAsync((30, 36, 200));
        var metric = new Metric("spread", "spread", "ms", [new("deviation", "stddevPopOrNull(execution_time)", RollupSql: null), new("slow", "100 * countIf(execution_time >= 100) / count()", "100 * sum(latency_from_100) / nullIf(sum(request_count), 0)")], null);

        foreach (var (aggregate, value) in new[] { (metric.Aggregates[0], 95.0), (metric.Aggregates[1], 50.0) })
        {
            var rule = Slow with { Metric = metric.Name, Aggregate = aggregate.Name, Measure = new Measure(metric, aggregate), Threshold = value - 5 };
            var plan = await BacktestHouse.Backtester(house.Telemetry).PlanAsync(house.Scope, rule, Past, house.Time.GetUtcNow(), PercentileMarks.Of(rule), Cancel);
            Assert.Equal(Expected((31, "resolved", "triggered", "breach", value, 12), (37, "triggered", "cooldown", "clear", 0, 6), (39, "cooldown", "resolved", "clear", 0, 6)), await BacktestHouse.TransitionsAsync(house.Telemetry, plan));
        }
    }

    [Fact]
    public async Task Both_windows_of_a_burn_rate_must_breach()
    {
        using var house = await HouseAsync();
        await house.RequestsAsync(30, 36, 10, "Server_2", status: 500);
        var rule = Slow with { Metric = "burn_rate", Aggregate = "ratio", Objective = 99, Threshold = 10, Window = TimeSpan.FromMinutes(10), ShortWindow = TimeSpan.FromMinutes(2), Cooldown = TimeSpan.Zero };

        var plan = await BacktestHouse.Backtester(house.Telemetry).PlanAsync(house.Scope, rule, Past, house.Time.GetUtcNow(), PercentileMarks.Of(rule), Cancel);

        Assert.Equal(Expected((32, "resolved", "triggered", "breach", 100 * 12 / 72.0, 72), (38, "triggered", "resolved", "clear", 0, 96)), await BacktestHouse.TransitionsAsync(house.Telemetry, plan));
    }

    [Fact]
    public async Task Looks_back_no_further_than_the_telemetry_is_kept()
    {
        using var house = await HouseAsync();

        var tooLong = await Assert.ThrowsAsync<SreException>(() => RunAsync(house, Slow, past: TimeSpan.FromDays(31)));
        var tooOld = await Assert.ThrowsAsync<SreException>(() => BacktestHouse.Backtester(house.Telemetry, retentionDays: 7).RunAsync(Context(house), Slow, TimeSpan.FromDays(10), Cancel));
        var plan = await BacktestHouse.Backtester(house.Telemetry, retentionDays: 7).PlanAsync(house.Scope, Slow with { Window = TimeSpan.FromDays(2) }, TimeSpan.FromDays(7), house.Time.GetUtcNow(), null, Cancel);

        Assert.Equal("A back-test looks back from 1 minute to 30 days; ask for example for 7d.", tooLong.Message);
        Assert.Equal("The telemetry is kept for 7 days (Telemetry:RetentionDays); ask for 7d or less.", tooOld.Message);
        Assert.Equal(5, Math.Round((plan.To - plan.From).TotalDays, 2)); // the first window is whole
    }

    /// <summary>Three hours at 10 ms, and slow stretches beside them.</summary>
    private async Task<AlertHouse> HouseAsync(params (int From, int To, double Latency)[] slow)
    {
        var house = await AlertHouse.NewAsync(postgres, telemetry);
        await house.RequestsAsync(0, 180, 10);
        foreach (var (from, to, latency) in slow)
        {
            await house.RequestsAsync(from, to, latency, "Server_9");
        }

        house.Time.Advance(TimeSpan.FromMinutes(180) + TimeSpan.FromSeconds(10));
        return house;
    }

    private Task<ToolResult> RunAsync(AlertHouse house, AlertRule rule, AccessScope? scope = null, TimeSpan? past = null) =>
        BacktestHouse.Backtester(house.Telemetry, incidents).RunAsync(Context(house, scope), rule, past ?? Past, Cancel);

    private static ToolContext Context(AlertHouse house, AccessScope? scope = null) =>
        new(house.Caller() with { Scope = scope ?? house.Scope }, new MemorySteps(house.Telemetry, house.Time), house.Time.GetUtcNow(), new Progress<string>());

    private static IReadOnlyList<BacktestEpisode> Episodes(ToolResult result) =>
        JsonSerializer.SerializeToElement(result.Facts, SreJson.Options).GetProperty("episodes").Deserialize<List<BacktestEpisode>>(SreJson.Options)!;

    private static IReadOnlyList<string> Expected(params (int Minute, string From, string To, string Verdict, double Value, long Count)[] changes) =>
        [.. changes.Select(change => BacktestHouse.Line(Requests.Start.AddMinutes(change.Minute), "", change.From, change.To, change.Verdict, change.Value, change.Count))];

    private static IncidentFacts Incident(long id, int from, int to) => new()
    {
        Id = id, Title = $"trouble {id}", Status = "resolved", Severity = "warning", Projects = ["Project_1"], OpenedAt = Requests.Start.AddMinutes(from), StartedAt = Requests.Start.AddMinutes(from),
        ResolvedAt = Requests.Start.AddMinutes(to),
    };
}
