using SreBot.Cli.Demo;

namespace SreBot.Tests.Cli.Demo;

public sealed class DemoPolicyTests
{
    private static readonly DemoCircumstances Fresh = new(Enabled: true, TelemetryEndpoint: null, PostgresConnectionString: "", HasRealTelemetry: false);

    [Fact]
    public void Is_allowed_on_the_bundled_engines_without_a_real_source() => Assert.True(DemoPolicy.IsAllowed(Fresh));

    [Fact]
    public void Is_refused_when_switched_off() => Assert.Contains("Demo:Enabled", DemoPolicy.Refusal(Fresh with { Enabled = false }), StringComparison.Ordinal);

    [Fact]
    public void Is_never_written_to_an_external_telemetry_store() => Assert.Contains("Telemetry:Endpoint", DemoPolicy.Refusal(Fresh with { TelemetryEndpoint = "http://clickhouse:8123" }), StringComparison.Ordinal);

    [Fact]
    public void Is_never_written_to_an_external_postgres() => Assert.Contains("Postgres:ConnectionString", DemoPolicy.Refusal(Fresh with { PostgresConnectionString = "Host=db" }), StringComparison.Ordinal);

    [Fact]
    public void Is_off_once_a_real_source_has_sent_requests() => Assert.Contains("real source", DemoPolicy.Refusal(Fresh with { HasRealTelemetry = true }), StringComparison.Ordinal);
}
