using System.Text.Json;
using SreBot.Model;
using SreBot.Tests.Fixtures;
using SreBot.Tests.Telemetry;

namespace SreBot.Tests.Alerts.Evaluation;

public sealed class AlertCatchUpTests(PostgresFixture postgres, TelemetryFixture telemetry)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)] // killed in the middle of catching up
    public async Task What_came_and_went_meanwhile_is_told_in_one_message_and_what_lasts_opens(bool isKilled)
    {
        using var house = await AlertHouse.NewAsync(postgres, telemetry);
        await house.RuleAsync("create latency max >= 20 ms over 1m cooldown 1m in Project_1 as slow");
        await house.RuleAsync("create latency max >= 60 ms over 1m cooldown 1m in Project_1 as slower");
        await house.RuleAsync("create error_rate > 40% over 1m cooldown 1m in Project_1 as errors");
        await house.RuleAsync("create latency max >= 21 ms over 1m cooldown 1m in Project_1 as silent");
        await house.TenantAsync("INSERT INTO silence (organization_id, alert_id, starts_at, ends_at, created_by) SELECT organization_id, id, @from, @to, 'test' FROM alert WHERE name = 'silent'",
            new { from = Requests.Start.UtcDateTime, to = Requests.Start.AddHours(2).UtcDateTime });
        await house.RequestsAsync(0, 30, 10);
        await house.RequestsAsync(4, 6, 84);
        await house.RequestsAsync(10, 12, 30);
        await house.RequestsAsync(14, 30, 10, status: 500);
        await house.RunAsync(2);

        house.Time.Advance(TimeSpan.FromMinutes(22));
        if (isKilled)
        {
            var first = house.NewEvaluator(new UnreachableStore(house.Telemetry) { DownAfter = 20 });
            await house.ForgetReplicasAsync();
            await Assert.ThrowsAsync<SreException>(() => first.EvaluateAsync(house.Time.GetUtcNow(), Cancel));
            Assert.InRange((await house.TransitionsAsync()).Count, 3, 12);
        }

        await house.ForgetReplicasAsync();
        await house.NewEvaluator(house.Telemetry).EvaluateAsync(house.Time.GetUtcNow(), Cancel);
        await house.DeliverAsync();

        Assert.Equal(["errors triggered f", "silent resolved f", "silent resolved f", "slow resolved t", "slow resolved t", "slower resolved t"],
            await house.QueryAsync<string>("SELECT alert_name || ' ' || status || ' ' || left(digested::text, 1) FROM alert_history ORDER BY 1"));
        var payload = JsonSerializer.Deserialize<NotifyPayload>(Assert.Single(await house.QueryAsync<string>("SELECT payload::text FROM outbox WHERE subject LIKE 'digest:%'")), SreJson.Options)!;
        var table = Assert.Single(payload.Message.Blocks.OfType<Adapters.Chat.ReplyTable>());
        Assert.Equal(
            [$"slow||{At(5)}|{At(8)}|84 ms", $"slower||{At(5)}|{At(8)}|84 ms", $"slow||{At(11)}|{At(14)}|30 ms"],
            table.Rows.Select(row => string.Join('|', row)));
        Assert.Equal("While alert evaluation was behind, 3 alerts came and went.", payload.Message.Summary);
        Assert.StartsWith("error rate ratio 50%", Assert.Single(await house.Incidents.RecentAsync(house.Scope, 10, Cancel)).Title);
        Assert.Equal([1L], await house.QueryAsync<long>("SELECT count(*) FROM outbox WHERE handler = 'episodes'"));
    }

    [Fact]
    public async Task Minutes_too_far_back_are_skipped_and_that_is_said_until_evaluation_is_up_to_date()
    {
        using var house = await AlertHouse.NewAsync(postgres, telemetry);
        await house.RuleAsync("create latency max >= 20 ms over 1m in Project_1 as slow");
        await house.RequestsAsync(0, 100, 10);
        await house.RunAsync(2);
        await house.ForgetReplicasAsync();
        house.Time.Advance(TimeSpan.FromMinutes(90));

        var pass = await house.NewEvaluator(house.Telemetry).EvaluateAsync(house.Time.GetUtcNow(), Cancel);
        await house.DeliverAsync();

        Assert.Equal(60, pass.Ticks);
        var said = $"Alert evaluation fell behind: 30 minutes after {At(2)} UTC were too far back and are not evaluated.";
        Assert.Equal([("evaluation_behind", true)], await house.QueryAsync<(string, bool)>("SELECT kind, ended_at IS NOT NULL FROM self_alert"));
        Assert.Equal(["1", "2"], await house.QueryAsync<string>("SELECT sequence::text FROM outbox WHERE subject LIKE 'self:evaluation_behind:%' ORDER BY sequence"));
        var first = JsonSerializer.Deserialize<NotifyPayload>(await One(house, "SELECT payload::text FROM outbox WHERE subject LIKE 'self:%' AND sequence = 1"), SreJson.Options)!;
        Assert.Equal((said, "self"), (first.Message.Summary, first.Facts!.Event));
        Assert.Single(house.Poster.Channel);
    }

    [Fact]
    public async Task What_lies_before_evaluation_first_began_is_no_delay()
    {
        using var house = await AlertHouse.NewAsync(postgres, telemetry);
        await house.RuleAsync("create latency max >= 20 ms over 1m cooldown 1m in Project_1 as slow");
        await house.RequestsAsync(0, 60, 10);
        await house.RequestsAsync(4, 6, 84);
        await house.ExecuteAsync("UPDATE alert_shard SET last_tick = @tick, begun_at = @begun", new { tick = Requests.Start.UtcDateTime, begun = Requests.Start.AddMinutes(59).UtcDateTime });
        house.Time.Advance(TimeSpan.FromMinutes(59.5));

        await house.Evaluator.EvaluateAsync(house.Time.GetUtcNow(), Cancel);
        await house.DeliverAsync();

        Assert.Single(await house.Incidents.RecentAsync(house.Scope, 10, Cancel));
        Assert.Empty(await house.QueryAsync<string>("SELECT kind FROM self_alert"));
    }

    [Fact]
    public async Task Requests_that_stop_are_one_alert_for_all_and_flood_in_later()
    {
        using var house = await AlertHouse.NewAsync(postgres, telemetry);
        await house.RuleAsync("create latency max >= 20 ms over 1m in Project_1 as slow");
        await house.RuleAsync("create requests sum < 1 over 1m in Project_1 as quiet");
        await house.RequestsAsync(0, 4, 10);
        await house.RunAsync(9);
        Assert.Empty(house.Poster.Channel);

        await house.RunAsync(12);
        var said = Assert.Single(house.Poster.Channel);
        Assert.StartsWith($"Ingest stopped: no requests of any project have come since {At(4)} UTC.", said);

        await house.RequestsAsync(4, 16, 10); // all of them at once
        await house.RunAsync(14);
        await house.RunAsync(18);

        Assert.Single(house.Poster.Channel);
        Assert.StartsWith("Requests come again.", Assert.Single(house.Poster.Updates).Item2);
        Assert.Equal([1L], await house.QueryAsync<long>("SELECT count(*) FROM self_alert WHERE ended_at IS NOT NULL"));
        Assert.Empty(await house.TransitionsAsync());
    }

    [Fact]
    public async Task Rows_from_the_future_and_a_wrong_clock_conclude_nothing()
    {
        using var house = await AlertHouse.NewAsync(postgres, telemetry);
        await house.RuleAsync("create requests sum < 1 over 1m in Project_1 as quiet");
        await house.RequestsAsync(0, 3, 10);
        await house.RequestsAsync(60, 61, 10); // an hour ahead
        await house.RunAsync(3);
        Assert.Equal(Requests.Start.AddMinutes(2), await house.LastTickAsync());

        house.Time.Advance(TimeSpan.FromMinutes(-60)); // the clock jumps back, and is mended
        await house.Evaluator.EvaluateAsync(house.Time.GetUtcNow(), Cancel);
        house.Time.Advance(TimeSpan.FromMinutes(60));
        await house.RequestsAsync(3, 6, 10);
        await house.RunAsync(5);

        Assert.Equal(Requests.Start.AddMinutes(5), await house.LastTickAsync());
        Assert.Empty(await house.TransitionsAsync());
    }

    [Fact]
    public async Task Catching_up_tells_minutes_with_requests_from_those_without_when_requests_stopped_too()
    {
        using var house = await AlertHouse.NewAsync(postgres, telemetry);
        await house.RuleAsync("create latency max >= 20 ms over 1m cooldown 0m in Project_1 as slow");
        await house.RequestsAsync(0, 10, 10);
        await house.RequestsAsync(4, 5, 84);
        await house.RunAsync(2);
        house.Time.Advance(TimeSpan.FromMinutes(28));

        await house.Evaluator.EvaluateAsync(house.Time.GetUtcNow(), Cancel);

        Assert.Equal(["5 resolved triggered", "6 triggered resolved"], await house.TransitionsAsync());
    }

    private static async Task<string> One(AlertHouse house, string sql) => Assert.Single(await house.QueryAsync<string>(sql));

    private static string At(int minute) => $"{Requests.Start.AddMinutes(minute).UtcDateTime:yyyy-MM-dd HH:mm}";
}
