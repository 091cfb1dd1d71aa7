using SreBot.Api;
using SreBot.Model;
using SreBot.Tests.Cli.Tutorial;
using SreBot.Tests.Fixtures;

namespace SreBot.Tests.Api;

public sealed class ServerMetricsReaderTests(PostgresFixture postgres, TelemetryFixture telemetry)
{
    private static readonly DateTimeOffset Midnight = new(2023, 8, 1, 0, 0, 0, TimeSpan.Zero);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_hour_at_a_bound_is_left_out()
    {
        var house = await NewAsync();

        Assert.Empty((await house.Metrics.ReadAsync(house.Scope, "Server_1", Midnight, Midnight.AddHours(1), 10, Cancel)).Rows);
        Assert.Empty((await house.Metrics.ReadAsync(house.Scope, "Server_1", Midnight.AddHours(-1), Midnight, 10, Cancel)).Rows);
        Assert.Single((await house.Metrics.ReadAsync(house.Scope, "Server_1", Midnight.AddMilliseconds(-1), Midnight.AddMilliseconds(1), 10, Cancel)).Rows);
    }

    [Fact]
    public async Task Who_sees_the_whole_organization_sees_the_imported_aggregate_and_others_what_their_requests_give()
    {
        var house = await NewAsync();

        var whole = await ReadAsync(house, house.Scope.CutTo(["Project_1", "Project_2"]));
        var narrow = await ReadAsync(house, house.Scope.CutTo(["Project_2"]));
        var conditional = await ReadAsync(house, house.Scope.CutTo(["Project_1", "Project_2"]) with { Conditions = [new("server_id", "Server_1")] });

        Assert.Equal([new("Server_1", Midnight.UtcDateTime, 52.06, 46.87, 5910, "imported"), new("Server_2", Midnight.UtcDateTime, 33.9, 60.4, 1, "computed")], whole);
        Assert.Equal([new("Server_1", Midnight.UtcDateTime, 0, 1.75, 1, "computed")], narrow);
        Assert.Equal(narrow, conditional);
        Assert.Empty(await ReadAsync(house, house.Scope.CutTo([])));
    }

    private static async Task<IReadOnlyList<ServerMetricsRow>> ReadAsync(ImportHouse house, AccessScope scope) =>
        (await house.Metrics.ReadAsync(scope, null, Midnight.AddHours(-1), Midnight.AddHours(1), 10, Cancel)).Rows;

    private async Task<ImportHouse> NewAsync()
    {
        var house = await ImportHouse.NewAsync(postgres, telemetry);
        await house.RunAsync(TutorialReaderTests.Read([.. TutorialReaderTests.Originals]));
        return house;
    }
}
