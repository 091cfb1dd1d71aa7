using System.Diagnostics;
using SreBot.Delivery;
using SreBot.Tests.Fixtures;

namespace SreBot.Tests.Delivery;

public sealed class OutboxQueueTests(PostgresFixture postgres)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Taking_rows_stays_fast_while_ten_thousand_wait()
    {
        var house = await OutboxHouse.NewAsync(postgres);
        await house.ChangeAsync("""
            INSERT INTO outbox (organization_id, subject, sequence, handler, target, payload, due)
            SELECT @Organization, 'incident:' || n % 500, 1 + n / 500, 'work', 'slack:T01/C' || n % 7, '{}', @at FROM generate_series(0, 9999) n
            """, new { house.Organization, at = OutboxHouse.Start.UtcDateTime.AddMinutes(-1) });
        var queue = new OutboxQueue(house.Postgres);
        var clock = Stopwatch.StartNew();
        var taken = 0;

        for (var i = 0; i < 30; i++)
        {
            foreach (var item in await queue.TakeAsync(16, 16, [], TimeSpan.FromMinutes(1), house.Time.GetUtcNow(), Cancel))
            {
                await queue.EndAsync(item, "done", null, house.Time.GetUtcNow(), Cancel);
                taken++;
            }
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"{clock.Elapsed.TotalMilliseconds / 30:0.0} ms a take of 16 and their ends");
        Assert.Equal(480, taken);
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(20), $"30 takes of 16 rows and their ends took {clock.Elapsed}"); // a scan of all that waits for each row takes minutes
    }
}
