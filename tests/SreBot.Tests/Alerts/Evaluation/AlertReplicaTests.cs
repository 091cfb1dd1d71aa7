using SreBot.Alerts.Evaluation;
using SreBot.Alerts.Rules;
using SreBot.Tests.Fixtures;
using SreBot.Tests.Telemetry;

namespace SreBot.Tests.Alerts.Evaluation;

public sealed class AlertReplicaTests(PostgresFixture postgres, TelemetryFixture telemetry)
{
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(1);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Replicas_share_the_shards_and_an_old_fence_writes_nothing()
    {
        using var house = await AlertHouse.NewAsync(postgres, telemetry);
        var rule = await house.RuleAsync("create latency max >= 20 ms over 1m in Project_1 as slow");
        var shards = new AlertShardStore(house.Postgres);
        var own = AlertShards.Of(rule.Id);
        var old = (await shards.TakeAsync("first", Long, Cancel)).Single(lease => lease.Shard == own);
        Assert.Empty(await shards.TakeAsync("second", Long, Cancel)); // the first is to give up its surplus
        Assert.Equal(2, (await shards.TakeAsync("first", Long, Cancel)).Count);
        Assert.Equal(2, (await shards.TakeAsync("second", Long, Cancel)).Count);

        await house.ForgetReplicasAsync();
        var current = (await shards.TakeAsync("third", Long, Cancel)).Single(lease => lease.Shard == own);
        var tick = Requests.Start.AddMinutes(1);
        var ticks = new AlertTickStore(house.Postgres);

        Assert.Equal(AlertCommit.LeaseLost, await ticks.CommitAsync(Breach(rule, old, tick), Long, Cancel));
        Assert.Empty(await house.TransitionsAsync());
        Assert.Equal(AlertCommit.Done, await ticks.CommitAsync(Breach(rule, current, tick), Long, Cancel));
        Assert.Equal(AlertCommit.LeaseLost, await ticks.CommitAsync(Breach(rule, current, tick), Long, Cancel)); // the tick is passed
        Assert.Equal(["1 resolved triggered"], await house.TransitionsAsync());
    }

    [Fact]
    public async Task A_rule_edited_while_it_was_evaluated_is_evaluated_again()
    {
        using var house = await AlertHouse.NewAsync(postgres, telemetry);
        var rule = await house.RuleAsync("create latency max >= 20 ms over 1m in Project_1 as slow");
        var lease = (await new AlertShardStore(house.Postgres).TakeAsync("first", Long, Cancel)).Single(lease => lease.Shard == AlertShards.Of(rule.Id));
        var tick = Requests.Start.AddMinutes(1);
        await house.ExecuteAsync("UPDATE alert SET version = 2, threshold = 200");

        var commit = await new AlertTickStore(house.Postgres).CommitAsync(Breach(rule, lease, tick), Long, Cancel);

        Assert.Equal(AlertCommit.RulesChanged, commit);
        Assert.Empty(await house.TransitionsAsync());
        Assert.Null(await house.LastTickAsync());
    }

    [Fact]
    public async Task Two_evaluators_take_turns_and_judge_every_minute_of_every_rule_once()
    {
        using var house = await AlertHouse.NewAsync(postgres, telemetry);
        for (var i = 0; i < 12; i++)
        {
            await house.RuleAsync($"create latency max >= 20 ms over 1m cooldown 0m in Project_1 as r{i}");
        }

        await house.RequestsAsync(0, 30, 10);
        for (var minute = 1; minute < 30; minute += 2)
        {
            await house.RequestsAsync(minute, minute + 1, 84);
        }

        var other = house.NewEvaluator(house.Telemetry);
        for (var minute = 1; minute <= 20; minute++)
        {
            house.Time.Advance(TimeSpan.FromMinutes(1) + (minute == 1 ? TimeSpan.FromSeconds(10) : TimeSpan.Zero));
            if (minute == 10)
            {
                await house.ForgetReplicasAsync(); // both frozen for longer than their leases; the other wakes first
            }

            if (minute is < 6 or > 12)
            {
                await house.Evaluator.EvaluateAsync(house.Time.GetUtcNow(), Cancel);
            }

            await other.EvaluateAsync(house.Time.GetUtcNow(), Cancel);
        }

        await house.Evaluator.EvaluateAsync(house.Time.GetUtcNow(), Cancel);
        await other.EvaluateAsync(house.Time.GetUtcNow(), Cancel);

        var expected = Enumerable.Range(2, 19).Select(minute => minute % 2 == 0 ? $"{minute} resolved triggered" : $"{minute} triggered resolved").ToList();
        Assert.Equal(expected.SelectMany(one => Enumerable.Repeat(one, 12)), await house.TransitionsAsync());
        Assert.Equal([2L, 2L], await house.QueryHoldersAsync());
        Assert.Equal([1L], await house.QueryAsync<long>("SELECT count(DISTINCT n) FROM (SELECT count(*) AS n FROM alert_history GROUP BY alert_id) AS c"));
    }

    [Fact]
    public async Task A_replica_that_stops_in_order_is_followed_at_once()
    {
        using var house = await AlertHouse.NewAsync(postgres, telemetry);
        await house.RequestsAsync(0, 3, 10);
        house.Time.Advance(TimeSpan.FromMinutes(1.5));
        await house.Evaluator.EvaluateAsync(house.Time.GetUtcNow(), Cancel);
        await house.Evaluator.LeaveAsync(Cancel);

        var leases = await new AlertShardStore(house.Postgres).TakeAsync("second", Long, Cancel);

        Assert.Equal(AlertShards.Count, leases.Count);
        Assert.Single(leases.Select(lease => lease.LastTick).Distinct());
    }

    [Fact]
    public async Task A_shard_that_was_never_evaluated_begins_where_the_others_stand()
    {
        using var house = await AlertHouse.NewAsync(postgres, telemetry);
        await house.ExecuteAsync("UPDATE alert_shard SET last_tick = @tick WHERE shard = 0", new { tick = Requests.Start.UtcDateTime });

        var leases = await new AlertShardStore(house.Postgres).TakeAsync("first", Long, Cancel);

        Assert.All(leases, lease => Assert.Equal(Requests.Start, lease.LastTick));
    }

    [Fact]
    public async Task A_replica_frozen_in_the_middle_of_a_write_holds_up_nobody()
    {
        using var house = await AlertHouse.NewAsync(postgres, telemetry);
        var shards = new AlertShardStore(house.Postgres);
        var frozen = (await shards.TakeAsync("frozen", TimeSpan.FromSeconds(1), Cancel)).Single(lease => lease.Shard == 0);
        await using var session = await house.Postgres.BeginEvaluatorAsync(Cancel);
        Assert.NotNull(await AlertShardStore.PassAsync(session, frozen, Requests.Start, TimeSpan.FromSeconds(1), Cancel)); // and never commits

        await house.ForgetOthersAsync("frozen");
        var leases = await shards.TakeAsync("second", TimeSpan.FromSeconds(1), Cancel);
        Assert.DoesNotContain(0, leases.Select(lease => lease.Shard)); // not waited for
        while (!leases.Any(lease => lease.Shard == 0))
        {
            leases = await shards.TakeAsync("second", TimeSpan.FromSeconds(1), Cancel); // PostgreSQL ends the frozen transaction after half a lease
        }

        await Assert.ThrowsAnyAsync<Exception>(() => session.CommitAsync(Cancel));
        Assert.Null(leases.Single(lease => lease.Shard == 0).LastTick);
    }

    private static AlertTickWrite Breach(AlertRule rule, AlertLease lease, DateTimeOffset tick)
    {
        var readings = new AlertReadings();
        readings.Add(rule.Id, new AlertReading("", 84, 6));
        var changes = new AlertTick(readings, new AlertSilences([], tick), tick, tick.AddMinutes(-1)).Decide([new AlertSlot(rule, "db")]);
        return new AlertTickWrite(lease, tick, 0, changes, new Dictionary<(Guid, string), WorstRequest>());
    }
}
