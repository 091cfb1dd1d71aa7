using SreBot.Tests.Fixtures;

namespace SreBot.Tests.Alerts.Evaluation;

public sealed class AlertEditTests(PostgresFixture postgres, TelemetryFixture telemetry)
{
    private const string Slow = "create latency max >= 20 ms over 1m cooldown 5m in Project_1 as slow";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_new_condition_ends_what_the_old_one_had_open_and_starts_anew()
    {
        using var house = await AlertHouse.NewAsync(postgres, telemetry);
        await house.RuleAsync(Slow);
        await house.RequestsAsync(0, 12, 84);
        await house.RunAsync(3);

        await house.ExecuteAsync("UPDATE alert SET threshold = 100, version = version + 1, condition_version = condition_version + 1");
        await house.RunAsync(5);
        await house.ExecuteAsync("UPDATE alert SET threshold = 50, version = version + 1, condition_version = condition_version + 1");
        await house.RunAsync(7);

        Assert.Equal(["1 resolved triggered", "4 triggered resolved", "6 resolved triggered"], await house.TransitionsAsync());
        Assert.Equal(["resolved 1", "triggered 3"], await house.QueryAsync<string>("SELECT status || ' ' || rule_version FROM alert_history ORDER BY triggered_at"));
        Assert.Equal(["edited", "breach"], await house.QueryAsync<string>("SELECT verdict FROM alert_transition WHERE tick > (SELECT min(tick) FROM alert_transition) ORDER BY tick"));
        Assert.Equal(["open", "resolved"], (await house.Incidents.RecentAsync(house.Scope, 10, Cancel)).Select(incident => incident.Status));
    }

    [Fact]
    public async Task A_new_condition_that_breaches_at_once_opens_a_new_episode_in_the_same_minute()
    {
        using var house = await AlertHouse.NewAsync(postgres, telemetry);
        await house.RuleAsync(Slow);
        await house.RequestsAsync(0, 12, 84);
        await house.RunAsync(3);

        await house.ExecuteAsync("UPDATE alert SET threshold = 50, version = version + 1, condition_version = condition_version + 1");
        await house.RunAsync(5);

        Assert.Equal(["resolved", "triggered"], await house.QueryAsync<string>("SELECT status FROM alert_history ORDER BY triggered_at"));
        Assert.Equal(["open", "resolved"], (await house.Incidents.RecentAsync(house.Scope, 10, Cancel)).Select(incident => incident.Status));
    }

    [Fact]
    public async Task An_edit_of_anything_else_keeps_the_state()
    {
        using var house = await AlertHouse.NewAsync(postgres, telemetry);
        await house.RuleAsync(Slow);
        await house.RequestsAsync(0, 12, 84);
        await house.RunAsync(3);

        await house.ExecuteAsync("UPDATE alert SET severity = 'critical', version = version + 1");
        await house.RunAsync(6);

        Assert.Equal(["1 resolved triggered"], await house.TransitionsAsync());
        Assert.Equal(["triggered"], await house.QueryAsync<string>("SELECT status FROM alert_history"));
    }

    [Theory]
    [InlineData("UPDATE alert SET enabled = false, version = version + 1", true)]
    [InlineData("UPDATE alert SET soft_delete = true, version = version + 1", true)]
    [InlineData("UPDATE alert SET enabled = false, version = version + 1", false)] // while nothing evaluates
    [InlineData("UPDATE alert SET threshold = 100, version = version + 1, condition_version = condition_version + 1", false)]
    public async Task What_is_open_ends_with_the_rule(string edit, bool isRunning)
    {
        using var house = await AlertHouse.NewAsync(postgres, telemetry);
        await house.RuleAsync(Slow);
        await house.RequestsAsync(0, 12, 84);
        await house.RunAsync(3);

        await house.ExecuteAsync(edit);
        if (!isRunning)
        {
            await house.ForgetReplicasAsync();
            await house.ExecuteAsync("UPDATE alert_shard SET fence = fence + 1, holder = 'gone'");
        }

        await house.RunAsync(8); // the last rule is gone, so time passes by time-out alone

        Assert.Equal(["resolved"], await house.QueryAsync<string>("SELECT status FROM alert_history"));
        Assert.Equal("resolved", Assert.Single(await house.Incidents.RecentAsync(house.Scope, 10, Cancel)).Status);
        Assert.Equal([0L], await house.QueryAsync<long>("SELECT count(*) FROM alert_state"));
        Assert.Single(house.Poster.Updates);
    }

    [Fact]
    public async Task Rules_that_are_gone_from_the_table_are_forgotten()
    {
        using var house = await AlertHouse.NewAsync(postgres, telemetry);
        await house.RuleAsync(Slow);
        await house.RuleAsync("create latency max >= 30 ms over 1m in Project_2 as other");
        await house.RequestsAsync(0, 12, 84);
        await house.RunAsync(3);

        await house.ExecuteAsync("DELETE FROM alert WHERE name = 'slow'");
        await house.RequestsAsync(3, 9, 84, project: "Project_2");
        await house.RunAsync(6);

        Assert.Equal(["other"], await house.QueryAsync<string>("SELECT alert_name FROM alert_history"));
        Assert.Equal(["4 resolved triggered"], await house.TransitionsAsync());
    }
}
