using SreBot.Alerts.Backtests;
using SreBot.Alerts.Rules;
using SreBot.Model;
using SreBot.Telemetry;
using SreBot.Tests.Fixtures;
using SreBot.Tests.Telemetry;

namespace SreBot.Tests.Alerts.Backtests;

/// <summary>A back-test does what the evaluator did. Rows that arrive after their tick are left out: those the evaluator did not see.</summary>
public sealed class BacktestEqualityTests(PostgresFixture postgres, TelemetryFixture telemetry)
{
    private const int Minutes = 60;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Every_transition_is_the_live_one(int seed)
    {
        using var house = await AlertHouse.NewAsync(postgres, telemetry);
        var random = new Random(seed);
        await InsertAsync(house, [.. Rows(random)]);
        var rules = await Task.WhenAll(Rules(random).Select(rule => house.Alerts.CreateAsync(house.Scope, rule, "test", house.Time.GetUtcNow(), Cancel)));
        var first = await RunAsync(house, Minutes);

        var moved = 0;
        foreach (var rule in rules)
        {
            var live = await LiveAsync(house, rule);
            var plan = await PlanAsync(house, rule, first);
            var past = await BacktestHouse.TransitionsAsync(house.Telemetry, plan);
            Assert.True(live.SequenceEqual(past), $"{AlertText.Command(rule)}\nlive:\n{string.Join('\n', live)}\nback-test:\n{string.Join('\n', past)}");
            if (plan.Table != "request")
                Assert.Equal(live, await BacktestHouse.TransitionsAsync(house.Telemetry, plan with { Table = "request" })); // as it is once the roll-ups are gone
            moved += live.Count;
        }

        Assert.True(moved > 5 * rules.Length, $"{moved} transitions of {rules.Length} rules prove little.");
    }

    [Fact]
    public async Task Windows_past_a_day_are_judged_on_the_hour()
    {
        using var house = await AlertHouse.NewAsync(postgres, telemetry);
        await InsertAsync(house, [.. Enumerable.Range(0, 28 * 10).Select(i => Requests.Row($"slow-{i}", Requests.Start.AddHours(-25).AddMinutes(6 * i).AddSeconds(30), latency: i < 50 ? 80 : i < 240 ? 10 : 400))]);
        var rule = new AlertRule
        {
            Name = "day", Projects = ["Project_1"], Metric = "latency", Aggregate = "mean", Comparator = AlertComparator.Greater, Threshold = 30, Window = TimeSpan.FromHours(25), Cooldown = TimeSpan.Zero,
        };
        var rules = new[] { rule, rule with { Name = "odd", Window = TimeSpan.FromMinutes((25 * 60) + 7) }, rule with { Name = "tail", Aggregate = "p90", Threshold = 90 } };
        rules = await Task.WhenAll(rules.Select(one => house.Alerts.CreateAsync(house.Scope, one, "test", house.Time.GetUtcNow(), Cancel)));
        var first = await RunAsync(house, 130);

        foreach (var one in rules)
        {
            var live = await LiveAsync(house, one);
            Assert.True(live.Count > 0, one.Name);
            Assert.Equal(live, await BacktestHouse.TransitionsAsync(house.Telemetry, await PlanAsync(house, one, first)));
        }
    }

    private static async Task InsertAsync(AlertHouse house, IReadOnlyList<object?[]> rows)
    {
        var late = rows.Where((_, i) => i % 7 == 0).ToList(); // in a batch of their own, after newer ones
        await house.Telemetry.InsertAsync(house.Database, TelemetryTable.Request, [.. rows.Except(late)], "in time", Cancel);
        await house.Telemetry.InsertAsync(house.Database, TelemetryTable.Request, late, "late", Cancel);
    }

    /// <summary>The evaluator alone, a little past each minute.</summary>
    /// <returns>The first tick.</returns>
    private static async Task<DateTimeOffset> RunAsync(AlertHouse house, int minutes)
    {
        DateTimeOffset? first = null;
        for (var minute = 1; minute <= minutes; minute++)
        {
            house.Time.Advance(Requests.Start.AddMinutes(minute).AddSeconds(10) - house.Time.GetUtcNow());
            await house.Evaluator.EvaluateAsync(house.Time.GetUtcNow(), Cancel);
            first ??= await house.LastTickAsync();
        }

        return first!.Value;
    }

    private static async Task<IReadOnlyList<string>> LiveAsync(AlertHouse house, AlertRule rule) => [.. (await house.QueryAsync<LiveTransition>("""
        SELECT tick, group_key AS groupkey, from_phase AS fromphase, to_phase AS tophase, verdict, value, request_count AS requestcount
        FROM alert_transition
        WHERE alert_id = @Id
        """, new { rule.Id })).Select(row => row.Line).Order(StringComparer.Ordinal)];

    private static async Task<BacktestPlan> PlanAsync(AlertHouse house, AlertRule rule, DateTimeOffset first)
    {
        var last = (await house.LastTickAsync())!.Value;
        var plan = await BacktestHouse.Backtester(house.Telemetry, retentionDays: 3650).PlanAsync(house.Scope, rule, last - first + TimeSpan.FromMinutes(1), house.Time.GetUtcNow(), PercentileMarks.Of(rule), Cancel);
        Assert.Equal((first.AddMinutes(-1), last), (plan.From, plan.To));
        return plan;
    }

    /// <summary>Servers that come and go, quiet minutes, one stretch in which nothing comes at all. Quarters, so that sums are exact in any order.</summary>
    private static IEnumerable<object?[]> Rows(Random random)
    {
        for (var minute = 0; minute < Minutes; minute++)
        {
            if (minute is >= 33 and < 40)
                continue;

            foreach (var (project, server) in from project in Enumerable.Range(1, 3) from server in Enumerable.Range(1, 4) select (project, server))
            {
                var isAway = ((minute / 9) + server + project) % 4 == 0;
                for (var i = isAway ? 0 : random.Next(0, 4); i > 0; i--)
                {
                    var isBad = (minute / 6) % 3 == server % 3;
                    var latency = 0.25 * random.Next(20, isBad ? 800 : 120);
                    yield return
                    [
                        $"{minute}-{project}-{server}-{i}", Requests.Start.AddMinutes(minute).AddSeconds(random.Next(15, 60)), $"Project_{project}", $"Server_{server}", "checkout", "v42", "POST /pay", "eu-west-1",
                        random.Next(2) == 0 ? "web" : "mobile", random.Next(100) < (isBad ? 40 : 5) ? 500 : 200, latency, 0.25 * random.Next(1, 9), 3, 0.25 * random.Next(80, isBad ? 400 : 240), 0.5 * random.Next(40, 180),
                    ];
                }
            }
        }
    }

    /// <summary>One for every metric and aggregate; the rest is drawn.</summary>
    private static IEnumerable<AlertRule> Rules(Random random)
    {
        yield return new AlertRule
        {
            Name = "burn", Projects = ["Project_1", "Project_2"], Metric = "burn_rate", Aggregate = "ratio", Objective = 90, Comparator = AlertComparator.Greater, Threshold = 1.5,
            Window = TimeSpan.FromMinutes(10), ShortWindow = TimeSpan.FromMinutes(2), Cooldown = TimeSpan.FromMinutes(1), GroupBy = ["project_id"], NoDataPolicy = MissingPolicy.State,
        };
        foreach (var (metric, aggregate) in MetricCatalogue.All.SelectMany(metric => metric.Aggregates.Select(aggregate => (metric, aggregate))))
        {
            var threshold = Threshold(metric.Name, aggregate.Name, random);
            var comparator = Draw(random, Enum.GetValues<AlertComparator>());
            yield return new AlertRule
            {
                Name = $"{metric.Name} {aggregate.Name}", Projects = random.Next(2) == 0 ? ["Project_1"] : ["Project_1", "Project_2", "Project_3"], Metric = metric.Name, Aggregate = aggregate.Name,
                Comparator = comparator, Threshold = threshold, ThresholdMax = comparator.IsRange() ? threshold * 1.5 : null,
                RecoveryThreshold = comparator is AlertComparator.Greater or AlertComparator.GreaterOrEqual && random.Next(2) == 0 ? 0.75 * threshold : null,
                Window = TimeSpan.FromMinutes(Draw(random, 1, 2, 5, 10, 15)), For = TimeSpan.FromMinutes(random.Next(0, 3)), Cooldown = TimeSpan.FromMinutes(random.Next(0, 4)), MinRequests = Draw(random, 0, 0, 3, 6),
                NoDataPolicy = Draw(random, Enum.GetValues<MissingPolicy>()), ErrorPolicy = Draw(random, Enum.GetValues<MissingPolicy>()), InsufficientPolicy = Draw(random, Enum.GetValues<InsufficientPolicy>()),
                GroupBy = Draw<IReadOnlyList<string>>(random, [], ["server_id"], ["project_id"], ["server_id", "platform"]),
                Filter = Draw<IReadOnlyList<DimensionCondition>>(random, [], [], [new DimensionCondition("platform", "web")]),
            };
        }
    }

    /// <summary>Some of the values lie on it.</summary>
    private static double Threshold(string metric, string aggregate, Random random) => (metric, aggregate) switch
    {
        ("latency", "max" or "p99" or "p95") => random.Next(20, 150),
        ("latency", _) => random.Next(15, 60),
        ("error_rate", _) => Draw(random, 5, 10, 20, 25),
        ("requests", "sum") => random.Next(3, 40),
        ("requests", _) => 0.05 * random.Next(1, 8),
        ("cost", "sum") => random.Next(4, 40),
        ("cost", "mean") => 0.25 * random.Next(3, 6),
        ("cost", _) => 0.05 * random.Next(1, 6),
        (_, "max") => random.Next(50, 95),
        _ => random.Next(35, 60),
    };

    private static T Draw<T>(Random random, params T[] values) => values[random.Next(values.Length)];
}
