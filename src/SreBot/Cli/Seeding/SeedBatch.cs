namespace SreBot.Cli.Seeding;

/// <summary>What arrives in a stretch of time.</summary>
/// <param name="Rows">Of <see cref="Telemetry.TelemetryTable.Request"/>, oldest first.</param>
/// <param name="Calls">That those requests made to dependencies.</param>
internal sealed record SeedBatch(List<object?[]> Rows, SeedCalls Calls);
