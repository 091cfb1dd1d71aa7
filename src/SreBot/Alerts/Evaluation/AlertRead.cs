namespace SreBot.Alerts.Evaluation;

/// <summary>What was read of one telemetry database at a tick.</summary>
/// <param name="IsTimedOut">The minute was passed by time-out, so nothing was read.</param>
internal sealed record AlertRead(string Database, AlertReadings Readings, bool IsTimedOut);
