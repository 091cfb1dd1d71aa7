using SreBot.Alerts.Evaluation;
using SreBot.Tests.Fixtures;

namespace SreBot.Tests.Alerts.Evaluation;

public sealed class AlertRestartTests(PostgresFixture postgres)
{
    private const int Rules = 24;
    private const int Ticks = 150;

    /// <summary>Rules of every policy, with groups and without, with windows of minutes and of days.</summary>
    private const string RulesSql = """
        INSERT INTO alert (organization_id, id, name, projects, metric, aggregate, comparator, threshold, recovery_threshold, time_window, min_requests, for_duration, cooldown,
            no_data_policy, error_policy, insufficient_policy, repeat_interval, max_hold, vanish_after, vanish_resolves, group_by, created_by, targets)
        SELECT @Organization, ('00000000-0000-0000-0000-' || lpad(to_hex(i * 4), 12, '0'))::uuid, 'rule ' || i, '{Project_1}', 'latency', 'max', '>=', 20,
            CASE WHEN i % 3 = 0 THEN 12 END, CASE WHEN i % 5 = 0 THEN 172800000 ELSE 60000 END, CASE WHEN i % 2 = 0 THEN 5 ELSE 0 END, 60000 * (i % 4), 120000 * (i % 3),
            (ARRAY['hold', 'ok', 'zero', 'alert', 'state'])[1 + i % 5], (ARRAY['hold', 'state', 'alert', 'ok'])[1 + i % 4], (ARRAY['hold', 'clear', 'gate_trigger'])[1 + i % 3],
            CASE WHEN i % 2 = 0 THEN 600000 END, CASE WHEN i % 4 = 1 THEN 480000 END, 1 + i % 3, i % 7 = 0,
            CASE WHEN i % 2 = 1 THEN '{server_id}'::text[] ELSE '{}' END, 'test', '{slack:T01/C02}'
        FROM generate_series(1, 24) AS i
        """;

    private static readonly string[] Facts =
    [
        """
        SELECT concat_ws(' ', extract(epoch FROM tick), alert_id, group_key, from_phase, to_phase, verdict, value, rule_version, notified) FROM alert_transition
        ORDER BY tick, alert_id, group_key
        """,
        """
        SELECT concat_ws(' ', id, alert_id, group_key, alert_start_time, triggered_at, alert_end_time, worst_value, status, announced_at, digested) FROM alert_history
        ORDER BY triggered_at, alert_id, group_key
        """,
        "SELECT concat_ws(' ', subject, sequence, handler, target, payload) FROM outbox ORDER BY subject, sequence, handler, target",
        """
        SELECT concat_ws(' ', alert_id, group_key, phase, since, held, value, episode_id, announced, tick, notified_at, held_since, missing_ticks, condition_version) FROM alert_state
        ORDER BY alert_id, group_key
        """,
    ];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task A_restart_after_every_tick_changes_nothing(int seed)
    {
        var steady = await NewAsync();
        var restarted = await NewAsync();
        var random = new Random(seed);
        for (var i = 1; i <= Ticks; i++)
        {
            var tick = AlertWorld.Start.AddMinutes(i);
            var (calm, behind, isTimedOut) = (i / 10 % 3 == 0, i is > 60 and < 100 ? TimeSpan.FromMinutes(100 - i) : TimeSpan.Zero, random.Next(12) == 0);
            var readings = Readings(random, calm);
            restarted.Restart();
            await steady.TickAsync(tick, readings, behind, isTimedOut);
            await restarted.TickAsync(tick, readings, behind, isTimedOut);
            if (i % 37 == 0)
            {
                var edit = $"UPDATE alert SET threshold = threshold + 1, version = version + 1, condition_version = condition_version + 1 WHERE name = 'rule {random.Next(1, Rules)}'";
                await steady.ExecuteAsync(edit);
                await restarted.ExecuteAsync(edit);
            }
        }

        foreach (var facts in Facts)
        {
            var expected = await steady.LinesAsync(facts);
            Assert.NotEmpty(expected);
            var actual = await restarted.LinesAsync(facts);
            Assert.True(expected.SequenceEqual(actual), $"steady: {string.Join('\n', expected.Except(actual))}\nrestarted: {string.Join('\n', actual.Except(expected))}");
        }
    }

    private async Task<AlertWorld> NewAsync()
    {
        var world = await AlertWorld.NewAsync(postgres);
        await world.ExecuteAsync(RulesSql, new { world.Organization });
        return world;
    }

    private static AlertReadings Readings(Random random, bool isCalm)
    {
        var readings = new AlertReadings();
        for (var i = 1; i <= Rules; i++)
        {
            var id = new Guid($"00000000-0000-0000-0000-{i * 4:x12}");
            if (random.Next(25) == 0)
            {
                readings.Fail(id, "The query is refused.");
                continue;
            }

            foreach (var key in i % 2 == 1 ? new[] { "server_id=a", "server_id=b", "server_id=c" } : [""])
            {
                if (random.Next(6) != 0)
                {
                    readings.Add(id, new AlertReading(key, isCalm ? 3 : random.Next(3) switch { 0 => 5, 1 => 15, _ => random.Next(20, 40) }, random.Next(4) == 0 ? 2 : 9));
                }
            }
        }

        return readings;
    }
}
