using SreBot.Access;
using SreBot.Telemetry;
using SreBot.Tests.Fixtures;
using SreBot.Tests.Planning;
using SreBot.Tests.Telemetry;
using SreBot.Tests.Telemetry.Sources;

namespace SreBot.Tests.Access;

public sealed class SourceUpkeepTests(PostgresFixture postgres, TelemetryFixture telemetry)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Projects_become_known_by_their_requests()
    {
        var house = await QuestionHouse.NewAsync(postgres, telemetry);
        await house.Telemetry.InsertAsync(house.Database, TelemetryTable.Request, [Requests.Row("r1", QuestionHouse.Now.AddHours(-3), "Project_7"), Requests.Row("r2", QuestionHouse.Now.AddHours(-3), "")], "a", Cancel);
        var upkeep = new SourceUpkeep(house.Postgres, house.Telemetry, house.Time);

        Assert.Equal(1, await upkeep.RunAsync(Cancel));
        Assert.Equal(0, await upkeep.RunAsync(Cancel));

        await house.Telemetry.InsertAsync(house.Database, TelemetryTable.Request, [Requests.Row("r3", QuestionHouse.Now, "Project_8")], "b", Cancel);
        Assert.Equal(1, await upkeep.RunAsync(Cancel));
    }

    [Fact]
    public async Task Another_tables_projects_become_known_and_its_roll_ups_are_filled()
    {
        await using var source = await SourceHouse.NewAsync(telemetry);
        await source.ExecuteAsync(OtelTable.Span(source.Otel, source.Time.GetUtcNow().AddHours(-2), 5, "shop", "pay", "GET /", "t", "s"));
        var (store, database) = source.Store("mapped");
        await store.MigrateAsync(database, Cancel);
        var house = await QuestionHouse.NewAsync(postgres, store, database);
        source.Time.Advance(TimeSpan.FromHours(2));

        Assert.Equal(1, await new SourceUpkeep(house.Postgres, store, source.Time).RunAsync(Cancel));

        Assert.Equal(1, await source.ScalarAsync<long>($"SELECT sum(request_count) FROM {database}.alert_minute"));
    }
}
