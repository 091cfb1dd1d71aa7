using SreBot.Adapters.Chat;
using SreBot.Alerts;
using SreBot.Alerts.Evaluation;
using SreBot.Tests.Fixtures;

namespace SreBot.Tests.Alerts.Evaluation;

public sealed class AlertFaultTests(PostgresFixture postgres, TelemetryFixture telemetry)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_cannot_be_evaluated_is_set_aside_with_its_message_until_it_works_again()
    {
        using var house = await AlertHouse.NewAsync(postgres, telemetry);
        await house.RuleAsync("create latency max >= 20 ms over 1m in Project_1 as slow");
        await house.ExecuteAsync("""
            INSERT INTO alert (organization_id, name, projects, metric, aggregate, comparator, threshold, time_window, created_by, filter, no_data_policy)
            SELECT @Organization, name, '{Project_1}', metric, 'max', '>=', threshold, 60000, 'test', filter::jsonb, policy
            FROM (VALUES ('nan', 'latency', 'NaN'::float8, '[]', 'hold'), ('metric', 'speed', 1, '[]', 'hold'), ('json', 'latency', 1, '5', 'hold'),
                ('enum', 'latency', 1, '[]', 'sometimes'), ('empty', 'latency', 1, '[null]', 'hold')) AS bad (name, metric, threshold, filter, policy)
            """, new { house.Organization });
        await house.TenantAsync("INSERT INTO silence (organization_id, matcher, starts_at, ends_at, created_by) VALUES (@Organization, '7', now(), now() + interval '1 day', 'test')",
            new { house.Organization });
        await house.RequestsAsync(0, 12, 84);
        await house.RunAsync(2);

        var faults = await new AlertFaultStore(house.Postgres).ReadAsync(house.Scope, Cancel);
        var names = (await house.QueryAsync<(Guid Id, string Name)>("SELECT id, name FROM alert")).ToDictionary(row => row.Name, row => row.Id);
        Assert.Equal(["empty", "enum", "json", "metric", "nan"], names.Where(entry => faults.ContainsKey(entry.Value)).Select(entry => entry.Key).Order());
        Assert.Equal("The threshold must be a number.", faults[names["nan"]].Why);
        Assert.StartsWith("There is no metric 'speed'; use latency", faults[names["metric"]].Why);
        Assert.StartsWith("Its row cannot be read: ", faults[names["json"]].Why);
        Assert.Equal(["1 resolved triggered"], await house.TransitionsAsync());
        var lines = await new EvaluatorCheck(house.Postgres).LookAsync(Cancel);
        Assert.Equal(5, lines.Count(line => line.State == SetupState.Warning && line.Found.Contains("is set aside", StringComparison.Ordinal)));

        await house.ExecuteAsync("UPDATE alert SET threshold = 1, metric = 'latency', filter = '[]', no_data_policy = 'hold', version = version + 1 WHERE name <> 'slow'");
        await house.RunAsync(4);

        Assert.Empty(await new AlertFaultStore(house.Postgres).ReadAsync(house.Scope, Cancel));
        Assert.Equal(6, (await house.TransitionsAsync()).Count);
    }

    [Fact]
    public async Task A_rule_with_too_many_groups_is_an_error_of_its_own()
    {
        using var house = await AlertHouse.NewAsync(postgres, telemetry);
        await house.RuleAsync("create latency max >= 20 ms over 1m in Project_1 by endpoint as many");
        await house.RuleAsync("create latency max >= 20 ms over 1m in Project_1 as slow");
        await house.Telemetry.InsertAsync(house.Database, SreBot.Telemetry.TelemetryTable.Request,
            [.. Enumerable.Range(0, AlertAggregate.MostGroups + 1).Select(i => Endpoint(i))], "many", Cancel);
        await house.RequestsAsync(1, 3, 10);
        await house.RunAsync(1);

        var fault = Assert.Single(await new AlertFaultStore(house.Postgres).ReadAsync(house.Scope, Cancel)).Value;
        Assert.Equal("The rule has more than 1000 groups.", fault.Why);
        Assert.Equal(["1 resolved triggered"], await house.TransitionsAsync());

        await house.RunAsync(3);
        Assert.Empty(await new AlertFaultStore(house.Postgres).ReadAsync(house.Scope, Cancel));
    }

    [Fact]
    public async Task A_rule_that_is_spoiled_while_it_fires_stands_still()
    {
        using var house = await AlertHouse.NewAsync(postgres, telemetry);
        await house.RuleAsync("create latency max >= 20 ms over 1m cooldown 0m in Project_1 as slow");
        await house.RequestsAsync(0, 2, 84);
        await house.RequestsAsync(2, 12, 10);
        await house.RunAsync(2);

        await house.ExecuteAsync("UPDATE alert SET filter = '{\"a\": 1}'");
        await house.ForgetReplicasAsync();
        var second = house.NewEvaluator(house.Telemetry);
        house.Time.Advance(TimeSpan.FromMinutes(3));
        await second.EvaluateAsync(house.Time.GetUtcNow(), Cancel);
        Assert.Equal(["1 resolved triggered"], await house.TransitionsAsync());

        await house.ExecuteAsync("UPDATE alert SET filter = '[]'");
        house.Time.Advance(TimeSpan.FromMinutes(1));
        await second.EvaluateAsync(house.Time.GetUtcNow(), Cancel);
        Assert.Equal(["1 resolved triggered", "6 triggered resolved"], await house.TransitionsAsync());
    }

    private static object?[] Endpoint(int number)
    {
        var row = SreBot.Tests.Telemetry.Requests.Row($"e{number}", SreBot.Tests.Telemetry.Requests.Start.AddSeconds(20), latency: 84);
        row[6] = $"GET /{number}";
        return row;
    }
}
