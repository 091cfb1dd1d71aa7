namespace SreBot.Telemetry;

/// <summary>Whether the embedded engine's last process was killed, so that a view may lack the rows of an insert that was under way.</summary>
internal sealed record TelemetryRecovery(bool IsNeeded);
