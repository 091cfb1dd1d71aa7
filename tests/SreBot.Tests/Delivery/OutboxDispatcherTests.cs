using System.Text.Json;
using SreBot.Delivery;
using SreBot.Model;
using SreBot.Tests.Fixtures;

namespace SreBot.Tests.Delivery;

public sealed class OutboxDispatcherTests(PostgresFixture postgres)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Works_each_row_once_and_those_of_one_subject_in_order()
    {
        var house = await OutboxHouse.NewAsync(postgres);
        var handler = new ScriptedHandler();
        await house.AddAsync("b", 1, "work", new { });
        foreach (var sequence in new[] { 3, 1, 2 })
        {
            await house.AddAsync("a", sequence, "work", new { });
        }

        await house.DeliverAsync(handler);

        Assert.Equal(["a 1", "a 2", "a 3"], handler.Worked.Where(row => row[0] == 'a'));
        Assert.Equal(4, handler.Worked.Count);
        Assert.All(await house.RowsAsync(), row => Assert.EndsWith("done", row, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_row_that_must_wait_holds_back_the_later_ones_of_its_subject_alone()
    {
        var house = await OutboxHouse.NewAsync(postgres);
        var handler = new ScriptedHandler(() => new OutboxOutcome.TryAgain("busy"));
        await house.AddAsync("a", 1, "work", new { });
        await house.DeliverAsync(handler);
        await house.AddAsync("a", 2, "work", new { });
        await house.AddAsync("b", 1, "work", new { });

        await house.DeliverAsync(handler);

        Assert.Equal(["a 1 waiting", "a 2 waiting", "b 1 done"], await house.RowsAsync());

        house.Time.Advance(TimeSpan.FromSeconds(2));
        await house.DeliverAsync(handler);

        Assert.Equal(["a 1", "b 1", "a 1", "a 2"], handler.Worked);
    }

    [Fact]
    public async Task Waits_as_long_as_the_receiver_asks_and_counts_no_attempt()
    {
        var house = await OutboxHouse.NewAsync(postgres);
        house.Options.Attempts = 1;
        var handler = new ScriptedHandler(() => new OutboxOutcome.TryAgain("429", TimeSpan.FromSeconds(30)));
        await house.AddAsync("a", 1, "work", new { });

        await house.DeliverAsync(handler);
        house.Time.Advance(TimeSpan.FromSeconds(29));
        await house.DeliverAsync(handler);
        Assert.Single(handler.Worked);

        house.Time.Advance(TimeSpan.FromSeconds(1));
        await house.DeliverAsync(handler);
        Assert.Equal(["a 1 done"], await house.RowsAsync());
    }

    [Fact]
    public async Task Is_dead_after_its_last_attempt_and_can_be_sent_again()
    {
        var house = await OutboxHouse.NewAsync(postgres);
        house.Options.Attempts = 2;
        var handler = new ScriptedHandler(() => throw new InvalidOperationException("secret"), () => new OutboxOutcome.TryAgain("It is down."));
        await house.AddAsync("a", 1, "work", new { });
        using var signal = new OutboxSignal();
        var health = new OutboxHealth(house.Postgres, signal);

        await house.DeliverAsync(handler);
        house.Time.Advance(TimeSpan.FromSeconds(5));
        await house.DeliverAsync(handler);

        var dead = Assert.Single(await health.DeadAsync(Scope(house), Cancel));
        Assert.Equal("It is down. (2 attempts)", dead.Why);
        Assert.Equal((0, 1), ((await health.ReadAsync(Cancel)).Waiting, (await health.ReadAsync(Cancel)).Dead));

        Assert.Equal(1, await health.SendAgainAsync(Scope(house), house.Time.GetUtcNow(), Cancel));
        await house.DeliverAsync(handler);
        Assert.Equal(["a 1 done"], await house.RowsAsync());
    }

    [Fact]
    public async Task A_payload_that_cannot_be_read_is_dead_at_once_and_stops_no_other()
    {
        var house = await OutboxHouse.NewAsync(postgres);
        var handler = new ScriptedHandler(() => throw new JsonException("broken"));
        await house.AddAsync("a", 1, "work", new { });
        await house.AddAsync("a", 2, "work", new { });
        await house.AddAsync("a", 3, "unknown", new { });

        await house.DeliverAsync(handler);

        Assert.Equal(["a 1 dead", "a 2 done", "a 3 dead"], await house.RowsAsync());
        Assert.Equal(["The payload cannot be read: broken", "Nothing here handles 'unknown' rows."],
            await house.QueryAsync<string>("SELECT last_error FROM outbox WHERE status = 'dead' ORDER BY id"));
    }

    [Fact]
    public async Task A_row_whose_worker_died_is_worked_again_when_its_lease_is_over()
    {
        var house = await OutboxHouse.NewAsync(postgres);
        var handler = new ScriptedHandler();
        await house.AddAsync("a", 1, "work", new { });
        var taken = Assert.Single(await new OutboxQueue(house.Postgres).TakeAsync(1, 2, [], TimeSpan.FromMinutes(1), house.Time.GetUtcNow(), Cancel));

        await house.DeliverAsync(handler);
        Assert.Empty(handler.Worked);

        await house.ExecuteAsync("UPDATE outbox SET lease_until = now() - interval '1 second'");
        await house.DeliverAsync(handler);
        Assert.Equal(["a 1"], handler.Worked);

        await new OutboxQueue(house.Postgres).EndAsync(taken, "dead", "the old worker wakes", house.Time.GetUtcNow(), Cancel);
        Assert.Equal(["a 1 done"], await house.RowsAsync());
    }

    [Fact]
    public async Task Two_dispatchers_at_once_work_each_row_once()
    {
        var house = await OutboxHouse.NewAsync(postgres);
        var handler = new ScriptedHandler();
        for (var i = 0; i < 40; i++)
        {
            await house.AddAsync($"s{i % 4}", i, "work", new { });
        }

        await Task.WhenAll(house.DeliverAsync(handler), house.DeliverAsync(handler), house.DeliverAsync(handler));
        await house.DeliverAsync(handler);

        Assert.Equal(40, handler.Worked.Count);
        Assert.Equal(40, handler.Worked.Distinct().Count());
        foreach (var subject in handler.Worked.GroupBy(row => row.Split(' ')[0]))
        {
            Assert.Equal(subject.OrderBy(row => int.Parse(row.Split(' ')[1])), subject);
        }
    }

    [Fact]
    public async Task Another_organization_sees_no_dead_row()
    {
        var house = await OutboxHouse.NewAsync(postgres);
        var other = await PostgresFixture.NewOrganizationAsync(house.Postgres, "other", "Project_9");
        await house.AddAsync("a", 1, "unknown", new { });
        await house.DeliverAsync();
        using var signal = new OutboxSignal();
        var health = new OutboxHealth(house.Postgres, signal);

        var seen = await health.DeadAsync(Scope(house) with { OrganizationId = other }, Cancel);

        Assert.Empty(seen);
        Assert.Single(await health.DeadAsync(Scope(house), Cancel));
    }

    [Theory]
    [InlineData(1, 0, 1)]
    [InlineData(1, 1, 1.2)]
    [InlineData(4, 0, 8)]
    [InlineData(9, 0, 256)]
    [InlineData(10, 0, 300)]
    [InlineData(10000, 0, 300)]
    public void Backs_off_up_to_five_minutes(int attempts, double chance, double seconds) =>
        Assert.Equal(seconds, BackOff.After(attempts, chance).TotalSeconds, precision: 6);

    private static AccessScope Scope(OutboxHouse house) =>
        new() { OrganizationId = house.Organization, TelemetryDatabase = "sre", Role = Role.Sre, Projects = ["Project_1"], SeesAllProjects = true };
}
