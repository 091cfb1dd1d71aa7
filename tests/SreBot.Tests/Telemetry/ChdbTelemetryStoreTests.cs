using SreBot.Model;
using SreBot.Telemetry;
using SreBot.Telemetry.Chdb;
using SreBot.Telemetry.Wire;
using SreBot.Tests.Fixtures;

namespace SreBot.Tests.Telemetry;

public sealed class ChdbTelemetryStoreTests(TelemetryFixture telemetry) : TelemetryStoreContract
{
    internal override ValueTask<IClickHouseTransport> ConnectAsync(TelemetryOptions options) => ValueTask.FromResult<IClickHouseTransport>(new ChdbTransport(telemetry.Location, options));

    [Fact]
    public async Task A_cancelled_read_is_stopped_and_its_connection_serves_the_next()
    {
        var (store, transport) = await StoreAsync(new TelemetryOptions { Readers = 1, ReadTimeout = TimeSpan.FromMinutes(5), RowsToRead = 1_000_000_000_000 });
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var read = store.ReadAsync(AccessScope.ForEvaluator("sre_test"), new TelemetryQuery("SELECT sum(cityHash64(number)) FROM numbers_mt(900000000000) WHERE /*scope*/", new Dictionary<string, object?>()), stop.Token);
        while (!await RunsAsync())
        {
            Cancel.ThrowIfCancellationRequested(); // each look is a query of its own
        }

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => read);
        await using var next = await transport.QueryAsync("SELECT 1", new Dictionary<string, string>(), Cancel);
        Assert.True(next.Read());
    }

    private async Task<bool> RunsAsync()
    {
        await using var reader = await Transport.QueryAsync("SELECT count() FROM system.processes WHERE query LIKE '%numbers_mt(900000000000)%' AND query NOT LIKE '%system.processes%'", new Dictionary<string, string>(), Cancel);
        return reader.Read() && reader.GetInt64(0) > 0;
    }

    [Fact]
    public void A_folder_that_cannot_be_opened_is_named()
    {
        using var open = telemetry.Connect(); // a process has one data folder
        var folder = Directory.CreateTempSubdirectory("srebot-other-");

        var error = Assert.Throws<SreException>(() => new ChdbConnection(new ChdbLibrary(telemetry.Location.Library), folder.FullName, []));

        Assert.Equal(SreErrorKind.Unavailable, error.Kind);
        Assert.Contains(folder.FullName, error.Message, StringComparison.Ordinal);
        folder.Delete(recursive: true);
    }

    [Fact]
    public void A_missing_library_is_named()
    {
        var location = telemetry.Location with { Library = "/nowhere/libchdb.so" };

        var error = Assert.Throws<SreException>(() => new ChdbTransport(location, new TelemetryOptions()));

        Assert.Contains("/nowhere/libchdb.so", error.Message, StringComparison.Ordinal);
    }
}
