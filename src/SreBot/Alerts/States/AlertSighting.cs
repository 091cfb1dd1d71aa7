namespace SreBot.Alerts.States;

/// <summary>What one tick shows of one group of a rule.</summary>
/// <param name="GroupKey">Empty: the rule as a whole.</param>
/// <param name="Value">The window's value; null without data.</param>
/// <param name="Count">Requests in the window.</param>
internal sealed record AlertSighting(string GroupKey, Verdict Verdict, double? Value, long Count);
