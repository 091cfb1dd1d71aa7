namespace SreBot.Alerts.Evaluation;

/// <summary>What telemetry says of one group of a rule in its window.</summary>
/// <param name="Value">Null where there is nothing to sum up.</param>
internal sealed record AlertReading(string GroupKey, double? Value, long Count);
