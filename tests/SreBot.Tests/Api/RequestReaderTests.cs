using SreBot.Model;
using SreBot.Telemetry;
using SreBot.Tests.Cli.Tutorial;
using SreBot.Tests.Fixtures;
using SreBot.Tests.Telemetry;

namespace SreBot.Tests.Api;

public sealed class RequestReaderTests(PostgresFixture postgres, TelemetryFixture telemetry)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Pages_follow_each_other_without_a_gap_and_end()
    {
        var house = await ImportHouse.NewAsync(postgres, telemetry);
        await house.Telemetry.InsertAsync(house.Database, TelemetryTable.Request, [.. Enumerable.Range(0, 7).Select(i => Requests.Row($"a.{i}", Requests.Start.AddSeconds(i / 3)))], "seven", Cancel);

        var (seen, after, pages) = (new List<string>(), (string?)null, 0);
        do
        {
            var page = await house.Requests.PageAsync(house.Scope, null, null, null, null, after, 3, Cancel);
            seen.AddRange(page.Requests.Select(row => row.RequestId));
            after = page.Next;
            pages++;
        }
        while (after is not null);

        Assert.Equal(3, pages);
        Assert.Equal(["a.6", "a.5", "a.4", "a.3", "a.2", "a.1", "a.0"], seen);
    }

    [Fact]
    public async Task A_project_a_server_and_a_time_narrow_and_a_scope_is_never_left()
    {
        var house = await ImportHouse.NewAsync(postgres, telemetry);
        await house.Telemetry.InsertAsync(house.Database, TelemetryTable.Request,
        [
            Requests.Row("one", Requests.Start), Requests.Row("two", Requests.Start.AddSeconds(1), "Project_2"), Requests.Row("three", Requests.Start.AddSeconds(2), server: "Server_2"),
            Requests.Row("four", Requests.Start.AddSeconds(3), platform: "mobile"),
        ], "four", Cancel);

        Assert.Equal(["four", "three", "two", "one"], await IdsAsync(house, house.Scope));
        Assert.Equal(["two"], await IdsAsync(house, house.Scope, project: "Project_2"));
        Assert.Equal(["three"], await IdsAsync(house, house.Scope, server: "Server_2"));
        Assert.Equal(["two", "one"], await IdsAsync(house, house.Scope, to: Requests.Start.AddSeconds(2)));
        Assert.Equal(["four", "three"], await IdsAsync(house, house.Scope, from: Requests.Start.AddSeconds(2)));
        Assert.Empty(await IdsAsync(house, house.Scope.CutTo(["Project_1"]), project: "Project_2"));
        Assert.Equal(["four"], await IdsAsync(house, house.Scope with { Conditions = [new("platform", "mobile")] }));
        Assert.Null(await house.Requests.FindAsync(house.Scope.CutTo(["Project_1"]), "two", new TimeWindow(Requests.Start, Requests.Start.AddHours(1)), Cancel));
    }

    [Fact]
    public async Task What_the_tutorial_does_not_record_is_null_and_what_is_recorded_is_not()
    {
        var house = await ImportHouse.NewAsync(postgres, telemetry);
        await house.RunAsync(TutorialReaderTests.Read([.. TutorialReaderTests.Originals]));
        await house.Telemetry.InsertAsync(house.Database, TelemetryTable.Request, [Requests.Row("live", Requests.Start)], "live", Cancel);

        var rows = (await house.Requests.PageAsync(house.Scope, null, null, null, null, null, 10, Cancel)).Requests;

        Assert.Equal((200, 0.5, "checkout"), (rows[0].Status, rows[0].Cost, rows[0].Service));
        Assert.Equal((null, null, null), (rows[1].Status, rows[1].Cost, rows[1].Service));
        Assert.Equal((30.09, 106), (rows[2].ExecutionTime, rows[2].NumberOfActiveRequests));
    }

    [Theory]
    [InlineData("x")]
    [InlineData("12")]
    [InlineData("99999999999999999999.1")]
    [InlineData("-1.a")]
    public async Task A_place_that_is_none_is_refused(string after)
    {
        var house = await ImportHouse.NewAsync(postgres, telemetry);

        Assert.Equal(SreErrorKind.Invalid, (await Assert.ThrowsAsync<SreException>(() => house.Requests.PageAsync(house.Scope, null, null, null, null, after, 3, Cancel))).Kind);
    }

    private static async Task<IEnumerable<string>> IdsAsync(ImportHouse house, AccessScope scope, string? project = null, string? server = null, DateTimeOffset? from = null, DateTimeOffset? to = null) =>
        (await house.Requests.PageAsync(scope, project, server, from, to, null, 100, Cancel)).Requests.Select(row => row.RequestId);
}
