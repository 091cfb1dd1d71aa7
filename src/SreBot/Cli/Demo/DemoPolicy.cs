namespace SreBot.Cli.Demo;

/// <summary>The demo stands beside nothing real: not on an external engine, and not once there is a real source.</summary>
internal static class DemoPolicy
{
    public static bool IsAllowed(DemoCircumstances now) => Refusal(now) is null;

    /// <returns>Why not, as a sentence for a person; null when the demo may be written.</returns>
    public static string? Refusal(DemoCircumstances now) => now switch
    {
        { Enabled: false } => "The demo is switched off by the setting Demo:Enabled.",
        { TelemetryEndpoint.Length: > 0 } => "The demo is never written to an external ClickHouse (Telemetry:Endpoint is set).",
        { PostgresConnectionString.Length: > 0 } => "The demo is never written to an external PostgreSQL (Postgres:ConnectionString is set).",
        { HasRealTelemetry: true } => "The demo is off because a real source has sent requests.",
        _ => null,
    };
}
