using System.Text.Json;
using SreBot.Tests.Fixtures;
using SreBot.Tests.Scenario;
using SreBot.Tests.Telemetry;
using SreBot.Tests.Telemetry.Sources;

namespace SreBot.Tests.Cli;

public sealed class ConnectCommandTests(TelemetryFixture telemetry)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Knows_the_collectors_table_and_writes_nothing()
    {
        await using var house = await SourceHouse.NewAsync(telemetry);
        await house.WriteAsync([.. Requests.Seconds(20)], "a");

        var (code, output, error) = await SreBotProcess.RunAsync("connect", "clickhouse", house.Front.Endpoint, "--table", $"{house.Otel}.otel_traces", "--mode", "mapped");

        Assert.Equal(("", 0), (error, code));
        Assert.Contains($"{house.Otel}.otel_traces: 60 rows, newest 20", output, StringComparison.Ordinal);
        Assert.Contains("by the preset otel_traces", output, StringComparison.Ordinal);
        Assert.Matches(@"cpu_usage +not recorded", output);
        Assert.Contains("service 'checkout'", output, StringComparison.Ordinal);
        Assert.Contains($"GRANT SELECT ON `{house.Otel}`.`otel_traces` TO", output, StringComparison.Ordinal);
        Assert.Contains("ON sre.* TO", output, StringComparison.Ordinal);
        Assert.Contains("Telemetry__Source__Mode='mapped'", output, StringComparison.Ordinal);
        Assert.DoesNotContain(ClickHouseHttpFront.Password, output, StringComparison.Ordinal);
        Assert.DoesNotContain(Uri.EscapeDataString(ClickHouseHttpFront.Password), output, StringComparison.Ordinal);
        Assert.All(house.Front.Statements, sql => Assert.Matches(@"\A\s*(SELECT|DESCRIBE|CHECK GRANT)\b", sql));
    }

    [Fact]
    public async Task Asks_for_no_right_to_write_when_it_shall_only_read_and_writes_a_file_on_request()
    {
        await using var house = await SourceHouse.NewAsync(telemetry);
        using var folder = new TempFolder();
        var file = Path.Combine(folder.Path, "settings.json");

        var (code, output, error) = await SreBotProcess.RunAsync("connect", "clickhouse", house.Front.Endpoint, "--table", $"{house.Otel}.otel_traces", "--mode", "read-only", "--write", file);
        var again = await SreBotProcess.RunAsync("connect", "clickhouse", house.Front.Endpoint, "--table", $"{house.Otel}.otel_traces", "--write", file);

        Assert.Equal(("", 0), (error, code));
        Assert.Single(output.Split('\n'), line => line.Contains("GRANT ", StringComparison.Ordinal));
        var source = JsonDocument.Parse(await File.ReadAllTextAsync(file, Cancel)).RootElement.GetProperty("Telemetry").GetProperty("Source");
        Assert.Equal(("read-only", $"{house.Otel}.otel_traces", "otel_traces"), (source.GetProperty("Mode").GetString(), source.GetProperty("Table").GetString(), source.GetProperty("Preset").GetString()));
        Assert.Equal(1, again.ExitCode);
        Assert.Contains("is there already", again.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Proposes_a_mapping_by_names_where_no_preset_fits()
    {
        await using var house = await SourceHouse.NewAsync(telemetry);
        await house.ExecuteAsync($"CREATE TABLE {house.Otel}.access_log (event_time DateTime64(3), host LowCardinality(String), route String, status_code Nullable(UInt16), duration_us UInt64, tenant String) ENGINE = MergeTree ORDER BY event_time");
        await house.ExecuteAsync($"INSERT INTO {house.Otel}.access_log SELECT now64(3), 'Server_1', '/pay', 502, 12500, 'Project_1'");

        var (code, output, error) = await SreBotProcess.RunAsync("connect", "clickhouse", house.Front.Endpoint, "--table", $"{house.Otel}.access_log", "--mode", "read-only");

        Assert.Equal(("", 0), (error, code));
        Assert.Matches(@"execution_time +duration_us / 1e3", output);
        Assert.Contains("execution_time '12.5'", output, StringComparison.Ordinal);
        Assert.Contains("status '502'", output, StringComparison.Ordinal);
        Assert.Matches(@"region +not recorded", output);
        Assert.Contains("Telemetry__Source__Columns__project_id='tenant'", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Says_in_a_sentence_what_is_wrong()
    {
        await using var house = await SourceHouse.NewAsync(telemetry);

        var table = await SreBotProcess.RunAsync("connect", "clickhouse", house.Front.Endpoint, "--table", "otel.nothing");
        var password = await SreBotProcess.RunAsync("connect", "clickhouse", house.Front.Address, "--user", "sre");
        var nobody = await SreBotProcess.RunAsync("connect", "clickhouse", "http://127.0.0.1:1");

        Assert.StartsWith("I see no otel.nothing", table.Error, StringComparison.Ordinal);
        Assert.StartsWith("The telemetry store refused SreBot's user or password", password.Error, StringComparison.Ordinal);
        Assert.StartsWith("The telemetry store at http://127.0.0.1:1/ does not answer", nobody.Error, StringComparison.Ordinal);
        Assert.All(new[] { table, password, nobody }, result => Assert.Equal(1, result.ExitCode));
    }
}
