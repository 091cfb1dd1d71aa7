using SreBot.Alerts;
using SreBot.Tests.Fixtures;
using SreBot.Tests.Telemetry;

namespace SreBot.Tests.Alerts;

public sealed class EpisodeLookupTests(PostgresFixture postgres, TelemetryFixture telemetry)
{
    private static readonly DateTimeOffset Tick = Requests.Start.AddMinutes(1);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Tells_subscribers_beside_the_rules_own_targets()
    {
        using var house = await AlertHouse.NewAsync(postgres, telemetry);
        await FireAsync(house);
        await house.TenantAsync("""
            INSERT INTO principal (organization_id, name, role) VALUES (@Organization, 'Ana', 'sre');
            INSERT INTO subscription (organization_id, alert_id, principal_id, target)
            SELECT a.organization_id, a.id, p.id, target FROM alert a, principal p, unnest(ARRAY['email:ana@example.com', 'slack:T01/C02']) AS target;
            """, new { house.Organization });

        var episode = Assert.Single((await new EpisodeLookup(house.Postgres).AnnouncedAsync(house.Organization, Tick, Cancel))!);

        Assert.Equal(["slack:T01/C02", "email:ana@example.com"], episode.Targets);
        Assert.Equal(episode.Targets, (await new EpisodeLookup(house.Postgres).FindAsync(house.Organization, episode.EpisodeId, Cancel))!.Targets);
    }

    [Fact]
    public async Task Waits_until_every_shard_has_passed_the_tick()
    {
        using var house = await AlertHouse.NewAsync(postgres, telemetry);
        await FireAsync(house);
        var lookup = new EpisodeLookup(house.Postgres);
        await house.ExecuteAsync("UPDATE alert_shard SET last_tick = @before WHERE shard = 3", new { before = Tick.AddMinutes(-1).UtcDateTime });
        Assert.Null(await lookup.AnnouncedAsync(house.Organization, Tick, Cancel));

        await house.ExecuteAsync("UPDATE alert_shard SET last_tick = NULL WHERE shard = 3"); // a shard that never began is not waited for
        Assert.Single((await lookup.AnnouncedAsync(house.Organization, Tick, Cancel))!);
    }

    [Fact]
    public async Task A_burnt_budget_is_told_as_the_errors_that_burn_it()
    {
        using var house = await AlertHouse.NewAsync(postgres, telemetry);
        await FireAsync(house);
        await house.ExecuteAsync("UPDATE alert SET metric = 'burn_rate', aggregate = 'ratio', objective = 99.5, threshold = 14, comparator = '>='; UPDATE alert_history SET triggered_value = '20x'");

        var episode = Assert.Single((await new EpisodeLookup(house.Postgres).AnnouncedAsync(house.Organization, Tick, Cancel))!);

        Assert.Equal(("error_rate", "ratio"), (episode.Metric, episode.Aggregate));
        Assert.Equal(7, episode.Threshold!.Value, tolerance: 1e-9);
        Assert.Equal("error budget burn rate 20x >= 14x in Project_1", episode.Title);
    }

    private static async Task FireAsync(AlertHouse house)
    {
        await house.RuleAsync("create latency max >= 20 ms over 1m in Project_1 as slow");
        await house.RequestsAsync(0, 2, 84);
        house.Time.Advance(TimeSpan.FromMinutes(1.5));
        await house.Evaluator.EvaluateAsync(house.Time.GetUtcNow(), Cancel);
    }
}
