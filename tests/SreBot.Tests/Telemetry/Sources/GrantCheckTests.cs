using Microsoft.Extensions.Options;
using SreBot.Adapters.Chat;
using SreBot.Telemetry;
using SreBot.Telemetry.Http;
using SreBot.Telemetry.Sources;
using SreBot.Tests.Fixtures;

namespace SreBot.Tests.Telemetry.Sources;

public sealed class GrantCheckTests(TelemetryFixture telemetry)
{
    [Theory]
    [InlineData("read-only", 1)]
    [InlineData("mapped", 3)]
    public async Task Asks_the_server_for_each_right_that_the_mode_needs(string mode, int rights)
    {
        await using var house = await SourceHouse.NewAsync(telemetry);
        var options = Options.Create(new TelemetryOptions
        {
            Endpoint = house.Front.Endpoint,
            Source = new SourceOptions { Mode = mode, Table = $"{house.Otel}.otel_traces", Preset = "otel_traces", Database = house.Own },
        });
        await using var transport = new HttpTransport(options.Value, TimeProvider.System);

        var lines = await new GrantCheck(transport, options).LookAsync(TestContext.Current.CancellationToken);

        Assert.Equal(rights, lines.Count);
        Assert.All(lines, line => Assert.Equal(SetupState.Good, line.State));
        Assert.Equal(rights, house.Front.Statements.Count(sql => sql.StartsWith("CHECK GRANT", StringComparison.Ordinal)));
    }
}
