namespace SreBot.Cli.Demo;

/// <summary>What decides whether made-up telemetry may be written.</summary>
/// <param name="TelemetryEndpoint">Of an external ClickHouse; null or empty: the bundled engine.</param>
/// <param name="PostgresConnectionString">Of an external PostgreSQL; null or empty: the bundled server.</param>
/// <param name="HasRealTelemetry">Whether an organization other than the demo has requests.</param>
internal sealed record DemoCircumstances(bool Enabled, string? TelemetryEndpoint, string? PostgresConnectionString, bool HasRealTelemetry);
