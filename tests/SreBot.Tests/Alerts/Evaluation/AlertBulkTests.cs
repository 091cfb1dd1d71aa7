using System.Diagnostics;
using SreBot.Alerts.Evaluation;
using SreBot.Tests.Fixtures;

namespace SreBot.Tests.Alerts.Evaluation;

public sealed class AlertBulkTests(PostgresFixture postgres)
{
    private const int Rules = 5500;

    private const string RulesSql = """
        INSERT INTO alert (organization_id, id, name, projects, metric, aggregate, comparator, threshold, time_window, cooldown, created_by, targets)
        SELECT @Organization, ('00000000-0000-0000-0000-' || lpad(to_hex(i * 4), 12, '0'))::uuid, 'rule ' || i, '{Project_1}', 'latency', 'max', '>=', 20, 60000, 0, 'test', '{slack:T01/C02}'
        FROM generate_series(1, @rules) AS i
        """;

    [Fact]
    public async Task Thousands_of_rules_that_fire_in_one_tick_are_one_row_for_the_outbox_and_few_statements()
    {
        var world = await AlertWorld.NewAsync(postgres);
        await world.ExecuteAsync(RulesSql, new { world.Organization, rules = Rules });
        await world.TickAsync(AlertWorld.Start.AddMinutes(1), Readings(3));

        var opened = await TimedAsync(world, 2, 84);
        var held = await TimedAsync(world, 3, 84);
        var worse = await TimedAsync(world, 4, 90);
        var resolved = await TimedAsync(world, 5, 3);
        var quiet = await TimedAsync(world, 6, 3);
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{Rules} rules, load of states and commit: open {opened:0} ms, hold {held:0} ms, worse {worse:0} ms, resolve {resolved:0} ms, quiet {quiet:0} ms");

        Assert.Equal(["1 episodes", $"{Rules} incident"], await world.LinesAsync("SELECT count(*) || ' ' || handler FROM outbox GROUP BY handler ORDER BY handler"));
        Assert.Equal([$"{Rules} 90"], await world.LinesAsync("SELECT count(*) || ' ' || worst_value FROM alert_history WHERE status = 'resolved' GROUP BY worst_value"));
        Assert.Equal([$"{2 * Rules}"], await world.LinesAsync("SELECT count(*)::text FROM alert_transition"));
        Assert.Equal(["0"], await world.LinesAsync("SELECT count(*)::text FROM alert_state WHERE tick > (SELECT max(tick) FROM alert_transition)"));
    }

    [Fact]
    public async Task What_does_not_change_is_not_written()
    {
        var world = await AlertWorld.NewAsync(postgres);
        await world.ExecuteAsync(RulesSql, new { world.Organization, rules = 3 });

        Assert.Empty((await world.TickAsync(AlertWorld.Start.AddMinutes(1), Readings(3))).Changes);
        Assert.Equal(3, (await world.TickAsync(AlertWorld.Start.AddMinutes(2), Readings(84))).Changes.Count);
        Assert.Empty((await world.TickAsync(AlertWorld.Start.AddMinutes(3), Readings(83))).Changes); // no worse
        Assert.Equal(3, (await world.TickAsync(AlertWorld.Start.AddMinutes(4), Readings(85))).Changes.Count);
        for (var minute = 5; minute < 9; minute++)
        {
            Assert.Empty((await world.TickAsync(AlertWorld.Start.AddMinutes(minute), Readings(30))).Changes);
        }

        Assert.Equal(3, (await world.TickAsync(AlertWorld.Start.AddMinutes(9), Readings(30))).Changes.Count); // the value that lists show is 5 minutes old
    }

    [Fact]
    public async Task A_hundred_thousand_rules_that_stay_clear_cost_little()
    {
        const int many = 100_000;
        var world = await AlertWorld.NewAsync(postgres);
        await world.ExecuteAsync(RulesSql, new { world.Organization, rules = many });

        var load = await TimedAsync(world, 1, 3, many);
        var steady = new List<double>();
        for (var minute = 2; minute < 12; minute++)
        {
            steady.Add(await TimedAsync(world, minute, 3, many));
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"{many} rules: load and first tick {load:0} ms; steady ticks without their reads {string.Join(' ', steady.Select(time => $"{time:0}"))} ms");
        Assert.Equal(many, world.Book.RuleCount);
        Assert.True(steady.Order().ElementAt(5) < 500, $"A tick that writes nothing took {steady.Order().ElementAt(5):0} ms");
    }

    private static async Task<double> TimedAsync(AlertWorld world, int minute, double value, int rules = Rules)
    {
        var readings = Readings(value, rules);
        var start = Stopwatch.GetTimestamp();
        await world.TickAsync(AlertWorld.Start.AddMinutes(minute), readings);
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }

    private static AlertReadings Readings(double value, int rules = Rules)
    {
        var readings = new AlertReadings();
        for (var i = 1; i <= rules; i++)
        {
            readings.Add(new Guid($"00000000-0000-0000-0000-{i * 4:x12}"), new AlertReading("", value, 9));
        }

        return readings;
    }
}
