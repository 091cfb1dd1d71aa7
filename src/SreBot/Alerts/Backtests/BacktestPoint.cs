namespace SreBot.Alerts.Backtests;

/// <summary>A group's value at a tick.</summary>
/// <param name="Value">Null: no requests.</param>
internal sealed record BacktestPoint(string GroupKey, DateTimeOffset Tick, double? Value, long Count);
