using Dapper;
using Npgsql;
using SreBot.Model;
using SreBot.Postgres;
using SreBot.Tests.Fixtures;

namespace SreBot.Tests.Alerts.Evaluation;

/// <summary>A fault at every point of a tick: what is written in the end is what an undisturbed run writes.</summary>
public sealed class AlertCrashTests(PostgresFixture postgres, TelemetryFixture telemetry)
{
    private static readonly string[] Expected =
    [
        "3 resolved triggered", "3 resolved triggered", "3 resolved triggered", "3 resolved triggered",
        "5 triggered cooldown", "5 triggered cooldown", "5 triggered cooldown", "5 triggered cooldown",
        "6 cooldown resolved", "6 cooldown resolved", "6 cooldown resolved", "6 cooldown resolved",
    ];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(5)]
    [InlineData(8)]
    public async Task Telemetry_that_fails_at_any_read(int reads)
    {
        using var house = await NewAsync();
        var store = new UnreachableStore(house.Telemetry);
        var evaluator = house.NewEvaluator(store);
        await RunAsync(house, evaluator, minute =>
        {
            if (minute == 3)
            {
                store.DownAfter = reads;
            }
            else if (minute == 4)
            {
                (store.DownAfter, store.IsDown) = (null, false);
            }
        });

        await AssertUndisturbedAsync(house);
    }

    [Theory]
    [InlineData("alert_state")]
    [InlineData("alert_history")]
    [InlineData("alert_transition")]
    [InlineData("outbox")]
    public async Task A_write_that_fails_in_the_transaction(string table)
    {
        using var house = await NewAsync();
        await using (var owner = new NpgsqlConnection(house.Owner))
        {
            await owner.ExecuteAsync($"""
                CREATE SEQUENCE crash;
                GRANT USAGE ON SEQUENCE crash TO PUBLIC;
                CREATE FUNCTION crash() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN IF nextval(''crash'') <= 3 THEN RAISE ''disk full''; END IF; RETURN NEW; END';
                CREATE TRIGGER crash BEFORE INSERT ON {table} FOR EACH ROW EXECUTE FUNCTION crash();
                """);
        }

        await RunAsync(house, house.Evaluator, _ => { });

        await AssertUndisturbedAsync(house);
    }

    [Theory]
    [InlineData(1)] // the leases
    [InlineData(2)] // of the shards, one after the other
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public async Task A_connection_lost_at_commit_leaves_nothing_out_and_nothing_twice(int commit)
    {
        using var house = await NewAsync();
        await using var line = new CommitCutter(house.Serving);
        var evaluator = house.NewEvaluator(house.Telemetry, new PostgresDatabase(postgres.Source(line.ConnectionString)));
        await RunAsync(house, evaluator, minute =>
        {
            if (minute == 3)
            {
                line.CutAtCommit(commit);
            }
        });

        Assert.Equal(1, line.Cuts);
        await AssertUndisturbedAsync(house);
    }

    [Fact]
    public async Task A_kill_after_any_tick()
    {
        using var house = await NewAsync();
        for (var minute = 1; minute <= 7; minute++)
        {
            await house.ForgetReplicasAsync();
            house.Time.Advance(TimeSpan.FromMinutes(1) + (minute == 1 ? TimeSpan.FromSeconds(10) : TimeSpan.Zero));
            await house.NewEvaluator(house.Telemetry).EvaluateAsync(house.Time.GetUtcNow(), Cancel);
            await house.DeliverAsync();
        }

        await AssertUndisturbedAsync(house);
    }

    private async Task<AlertHouse> NewAsync()
    {
        var house = await AlertHouse.NewAsync(postgres, telemetry);
        for (var shard = 0; shard < 4; shard++)
        {
            var rule = await house.RuleAsync($"create latency max >= 20 ms over 1m cooldown 1m in Project_1 as r{shard}");
            await house.ExecuteAsync("UPDATE alert SET id = @next WHERE id = @Id", new { rule.Id, next = new Guid($"00000000-0000-0000-0000-00000000001{shard}") });
        }

        await house.RequestsAsync(0, 2, 10);
        await house.RequestsAsync(2, 4, 84);
        await house.RequestsAsync(4, 12, 10);
        return house;
    }

    private static async Task RunAsync(AlertHouse house, SreBot.Alerts.Evaluation.AlertEvaluator evaluator, Action<int> before)
    {
        for (var minute = 1; minute <= 8; minute++)
        {
            house.Time.Advance(TimeSpan.FromMinutes(1) + (minute == 1 ? TimeSpan.FromSeconds(10) : TimeSpan.Zero));
            before(minute);
            try
            {
                await evaluator.EvaluateAsync(house.Time.GetUtcNow(), Cancel);
            }
            catch (Exception error) when (error is SreException { Kind: SreErrorKind.Unavailable } or NpgsqlException)
            {
                // The loop logs it, and tries again.
            }

            await house.DeliverAsync();
        }
    }

    private static async Task AssertUndisturbedAsync(AlertHouse house)
    {
        Assert.Equal(Expected, await house.TransitionsAsync());
        Assert.Equal(["resolved", "resolved", "resolved", "resolved"], await house.QueryAsync<string>("SELECT status FROM alert_history"));
        Assert.Equal(4, house.Poster.Channel.Count());
        Assert.Equal(4, house.Poster.Updates.Count);
        Assert.Equal([0L], await house.QueryAsync<long>("SELECT count(*) FROM outbox WHERE status <> 'done' AND handler <> 'investigate'"));
    }
}
