using SreBot.Telemetry;
using SreBot.Telemetry.Http;
using SreBot.Telemetry.Wire;

namespace SreBot.Tests.Telemetry;

/// <summary>The contract on a real ClickHouse server: <c>SREBOT_TEST_CLICKHOUSE=http://user:password@host:8123</c>.</summary>
public sealed class ServerTelemetryStoreTests : TelemetryStoreContract
{
    private static readonly string? Endpoint = Environment.GetEnvironmentVariable("SREBOT_TEST_CLICKHOUSE");

    internal override ValueTask<IClickHouseTransport> ConnectAsync(TelemetryOptions options)
    {
        Assert.SkipWhen(string.IsNullOrEmpty(Endpoint), "SREBOT_TEST_CLICKHOUSE names no ClickHouse server.");
        options.Endpoint = Endpoint;
        return ValueTask.FromResult<IClickHouseTransport>(new HttpTransport(options, TimeProvider.System));
    }
}
