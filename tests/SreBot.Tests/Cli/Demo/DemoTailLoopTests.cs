using Microsoft.Extensions.Logging.Abstractions;
using SreBot.Cli.Demo;
using SreBot.Tests.Fixtures;

namespace SreBot.Tests.Cli.Demo;

[Collection("demo")]
public sealed class DemoTailLoopTests(PostgresFixture postgres, TelemetryFixture telemetry)
{
    [Fact]
    public async Task Writes_what_fell_due_and_breaks_payments_from_the_start()
    {
        var cancel = TestContext.Current.CancellationToken;
        using var house = await DemoHouse.NewAsync(postgres, telemetry);
        await house.Demo.EnsureAsync(false, cancel);
        using var loop = new DemoTailLoop(house.Writer, house.Gate, house.Clock, NullLogger<DemoTailLoop>.Instance);
        house.Clock.Now += TimeSpan.FromSeconds(10);

        var begun = house.Telemetry.NextInsertAsync();
        await loop.StartAsync(cancel);
        await begun;
        DemoPlace place;
        do
        {
            var went = house.Telemetry.NextInsertAsync();
            house.Clock.Tick(TimeSpan.FromSeconds(20));
            await went;
            using var turn = await house.Writer.EnterAsync(cancel);
            place = (await house.Store.LoadAsync(cancel))!;
        }
        while (place.WrittenTo < DemoHouse.Start.AddMinutes(2));
        await loop.StopAsync(cancel);

        Assert.Equal(1, place.Story.Chapters);
        Assert.Contains(await house.StoredAsync(), row => row.Contains($"|{place.Story.Plan.Causes[^1].Version}|500|", StringComparison.Ordinal));
    }
}
