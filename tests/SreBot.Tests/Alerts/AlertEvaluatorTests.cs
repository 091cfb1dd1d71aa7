using SreBot.Alerts.Evaluation;
using SreBot.Alerts.Rules;
using SreBot.Model;
using SreBot.Telemetry;
using SreBot.Tests.Alerts.Evaluation;
using SreBot.Tests.Fixtures;
using SreBot.Tests.Telemetry;

namespace SreBot.Tests.Alerts;

public sealed class AlertEvaluatorTests(PostgresFixture postgres, TelemetryFixture telemetry)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task One_episode_is_one_incident_and_one_message_that_is_edited_when_it_ends()
    {
        using var house = await AlertHouse.NewAsync(postgres, telemetry);
        await house.RuleAsync("create latency max >= 20 ms over 1m cooldown 2m in Project_1 as slow");
        await house.RequestsAsync(0, 2, 10);
        await house.RequestsAsync(2, 4, 84, "Server_9");
        await house.RequestsAsync(4, 10, 10);

        await house.RunAsync(9);

        Assert.Equal(["3 resolved triggered", "5 triggered cooldown", "7 cooldown resolved"], await house.TransitionsAsync());
        var incident = Assert.Single(await house.Incidents.RecentAsync(house.Scope, 10, Cancel));
        Assert.Equal("latency max 84 ms >= 20 ms in Project_1 on Server_9", incident.Title);
        Assert.Equal(("resolved", "Server_9", "Server_9-Project_1-2-5-200-web"), (incident.Status, incident.ServerId, incident.RequestId));
        Assert.Equal(Requests.Start.AddMinutes(2), new DateTimeOffset(incident.StartedAt));
        Assert.Equal([$"INC-{incident.Id} open: {incident.Title}"], house.Poster.Channel);
        Assert.Equal([("m1", $"INC-{incident.Id} resolved: {incident.Title}")], house.Poster.Updates);
        Assert.Equal([$"INC-{incident.Id} is resolved after 5 min; the worst was 84 ms."], house.Poster.Thread);
        Assert.Equal([1L], await house.QueryAsync<long>("SELECT count(*) FROM outbox WHERE handler = 'investigate'"));
    }

    [Fact]
    public async Task Catching_up_gives_what_each_minute_would_have_given()
    {
        using var house = await AlertHouse.NewAsync(postgres, telemetry);
        await house.RuleAsync("create latency max >= 20 ms over 2m for 1m cooldown 2m in Project_1 as slow");
        await house.RequestsAsync(0, 20, 10);
        await house.RequestsAsync(3, 5, 84);
        await house.RequestsAsync(8, 9, 84);
        await house.RunAsync(1);
        house.Time.Advance(TimeSpan.FromMinutes(16));

        var pass = await house.Evaluator.EvaluateAsync(house.Time.GetUtcNow(), Cancel);

        Assert.Equal(16, pass.Ticks);
        Assert.Equal(
            [
                "4 resolved pending", "5 pending triggered", "7 triggered cooldown", "9 cooldown triggered", "11 triggered cooldown", "13 cooldown resolved",
            ], await house.TransitionsAsync());
        Assert.Equal(AlertPass.Nothing, await house.Evaluator.EvaluateAsync(house.Time.GetUtcNow(), Cancel));
    }

    [Fact]
    public async Task A_new_evaluator_goes_on_where_a_killed_one_stopped()
    {
        using var house = await AlertHouse.NewAsync(postgres, telemetry);
        await house.RuleAsync("create latency max >= 20 ms over 1m cooldown 1m in Project_1 as slow");
        await house.RequestsAsync(0, 1, 10);
        await house.RequestsAsync(1, 3, 84);
        await house.RequestsAsync(3, 8, 10);
        await house.RunAsync(2);

        await house.ForgetReplicasAsync();
        house.Time.Advance(TimeSpan.FromMinutes(5));
        await house.NewEvaluator(house.Telemetry).EvaluateAsync(house.Time.GetUtcNow(), Cancel);

        Assert.Equal(["2 resolved triggered", "4 triggered cooldown", "5 cooldown resolved"], await house.TransitionsAsync());
        Assert.Equal(["episodes", "incident"], await house.QueryAsync<string>("SELECT handler FROM outbox WHERE handler IN ('episodes', 'incident') ORDER BY id"));
    }

    [Fact]
    public async Task A_store_that_does_not_answer_leaves_the_minute_due()
    {
        using var house = await AlertHouse.NewAsync(postgres, telemetry);
        await house.RuleAsync("create latency max >= 20 ms over 1m cooldown 0m in Project_1 as slow");
        await house.RequestsAsync(0, 1, 10);
        await house.RequestsAsync(1, 2, 84);
        await house.RequestsAsync(2, 6, 10);
        var store = new UnreachableStore(house.Telemetry);
        var evaluator = house.NewEvaluator(store);
        house.Time.Advance(TimeSpan.FromMinutes(1.2));
        await evaluator.EvaluateAsync(house.Time.GetUtcNow(), Cancel);
        store.IsDown = true;
        house.Time.Advance(TimeSpan.FromMinutes(2));
        var error = await Assert.ThrowsAsync<SreException>(() => evaluator.EvaluateAsync(house.Time.GetUtcNow(), Cancel));
        Assert.Equal(SreErrorKind.Unavailable, error.Kind);

        store.IsDown = false;
        await evaluator.EvaluateAsync(house.Time.GetUtcNow(), Cancel);

        Assert.Equal(["2 resolved triggered", "3 triggered resolved"], await house.TransitionsAsync());
    }

    [Fact]
    public async Task A_poison_rule_stops_no_other()
    {
        using var house = await AlertHouse.NewAsync(postgres, telemetry);
        await house.RuleAsync("create latency max >= 20 ms over 1m in Project_1 as slow");
        await house.ExecuteAsync("""
            INSERT INTO alert (organization_id, name, projects, metric, aggregate, comparator, threshold, time_window, error_policy, created_by, filter, targets)
            SELECT @Organization, name, '{Project_1}', metric, 'max', comparator, threshold, 60000, 'state', 'test', filter::jsonb, '{slack:T01/C02}'
            FROM (VALUES ('nan', 'latency', '>=', 'NaN'::float8, '[]'), ('metric', 'speed', '>=', 1, '[]'), ('comparator', 'latency', '~', 1, '[]'),
                ('dimension', 'latency', '>=', 1, '[{"dimension":"shoe","value":"9"}]')) AS bad (name, metric, comparator, threshold, filter)
            """, new { house.Organization });
        await house.RequestsAsync(0, 3, 84);

        await house.RunAsync(2);

        Assert.Equal(["comparator error", "dimension error", "metric error", "nan error", "slow triggered"],
            await house.QueryAsync<string>("SELECT name || ' ' || phase FROM alert JOIN alert_state ON alert_id = id ORDER BY name"));
        Assert.Equal(5, house.Poster.Channel.Count());
        Assert.Contains("The alert \"nan\" cannot be evaluated: its query fails.", house.Poster.Channel);
    }

    [Fact]
    public async Task Loss_of_all_traffic_resolves_nothing()
    {
        using var house = await AlertHouse.NewAsync(postgres, telemetry);
        await house.RuleAsync("create latency max >= 20 ms over 1m cooldown 1m in Project_1 as slow");
        await house.RuleAsync("create requests sum < 3 over 1m in Project_1 as quiet");
        await house.RequestsAsync(0, 3, 84);

        await house.RunAsync(12);

        Assert.Equal(["1 resolved triggered"], await house.TransitionsAsync());
        Assert.Equal(Requests.Start.AddMinutes(9), await house.LastTickAsync());
    }

    [Fact]
    public async Task Each_group_has_an_episode_of_its_own()
    {
        using var house = await AlertHouse.NewAsync(postgres, telemetry);
        await house.RuleAsync("create error_rate > 50% over 1m cooldown 5m in Project_1 by server_id as errors");
        await house.RequestsAsync(0, 6, 10);
        await house.RequestsAsync(1, 6, 10, "Server_2", status: 500);
        await house.RequestsAsync(3, 6, 10, "Server_3", status: 503);

        await house.RunAsync(5);

        Assert.Equal(["2 server_id=Server_2 resolved triggered", "4 server_id=Server_3 resolved triggered"], await house.TransitionsAsync());
        Assert.Equal(["error rate ratio 100% > 50% in Project_1 on Server_3", "error rate ratio 100% > 50% in Project_1 on Server_2"],
            (await house.Incidents.RecentAsync(house.Scope, 10, Cancel)).Select(incident => incident.Title));
        Assert.Equal(2, house.Poster.Channel.Count());
    }

    [Fact]
    public async Task A_muted_rule_says_nothing_until_the_mute_is_over()
    {
        using var house = await AlertHouse.NewAsync(postgres, telemetry);
        var rule = await house.RuleAsync("create latency max >= 20 ms over 1m in Project_1 as slow");
        await house.Alerts.MuteAsync(house.Scope, rule.Id, Requests.Start.AddMinutes(4), "test", house.Time.GetUtcNow(), Cancel);
        await house.RequestsAsync(0, 8, 84);

        await house.RunAsync(3);
        Assert.Equal(["1 resolved triggered"], await house.TransitionsAsync());
        Assert.Empty(house.Poster.Channel);

        await house.RunAsync(6);
        Assert.Single(house.Poster.Channel);
        Assert.Single(await house.Incidents.RecentAsync(house.Scope, 10, Cancel));
    }

    [Fact]
    public async Task A_deleted_rule_ends_what_it_has_open()
    {
        using var house = await AlertHouse.NewAsync(postgres, telemetry);
        var rule = await house.RuleAsync("create latency max >= 20 ms over 1m in Project_1 as slow");
        await house.RequestsAsync(0, 8, 84);
        await house.RunAsync(2);

        await new SreBot.Alerts.AlertRemoval(house.Postgres, house.Signal).DeleteAsync(house.Scope, rule, "test", house.Time.GetUtcNow(), Cancel);
        await house.RunAsync(5);

        Assert.Equal("resolved", Assert.Single(await house.Incidents.RecentAsync(house.Scope, 10, Cancel)).Status);
        Assert.Single(house.Poster.Updates);
        Assert.Equal(["resolved"], await house.QueryAsync<string>("SELECT status FROM alert_history"));
    }

    [Fact]
    public async Task Every_aggregate_reads_what_a_question_reads()
    {
        using var house = await AlertHouse.NewAsync(postgres, telemetry);
        await house.RequestsAsync(0, 6, 10);
        await house.RequestsAsync(0, 6, 30.5, "Server_2", status: 500, platform: "mobile");
        await house.RequestsAsync(1, 5, 70, "Server_1", "Project_2");
        await house.RequestsAsync(2, 4, 99, "Server_3", "Project_2", status: 404);
        var rules = MetricCatalogue.All.SelectMany(metric => metric.Aggregates.Select(aggregate => (metric, aggregate)))
            .SelectMany(pair => new[] { 1, 3, 5 }.SelectMany(minutes => new[] { "", "where platform = mobile", "where server_id = Server_1, platform = web" }.Select(filter => (pair.metric, pair.aggregate, minutes, filter))))
            .Select(one => ((AlertCommand.Create)AlertGrammar.Parse($"create {one.metric.Name} {one.aggregate.Name} > 1 over {one.minutes}m in Project_1,Project_2 {one.filter}",
                new AlertDefaults(house.Scope.Projects, [], null))).Rule with { Id = Guid.NewGuid() }).ToList();
        var tick = Requests.Start.AddMinutes(5);
        var store = new UnreachableStore(house.Telemetry);

        var readings = await WholeReading.OfAsync(store, house.Database, rules, tick);

        Assert.Empty(readings.Failures);
        Assert.True(store.Reads < rules.Count / 2, $"{store.Reads} reads for {rules.Count} rules");
        foreach (var rule in rules)
        {
            var window = new TimeWindow(tick - rule.Window, tick);
            var aggregate = MetricCatalogue.Find(rule.Metric).Aggregate(rule.Aggregate);
            await using var reader = await house.Telemetry.ReadAsync(house.Scope.CutTo(rule.Projects), MetricQueries.Total(aggregate, window, rule.Filter), Cancel);
            Assert.True(await reader.ReadAsync(Cancel));
            var reading = Assert.Single(readings.Of(rule.Id));
            Assert.Equal(Convert.ToDouble(reader.GetValue(0)), reading.Value!.Value, tolerance: 1e-9);
            Assert.Equal(Convert.ToInt64(reader.GetValue(1)), reading.Count);
        }
    }
}
