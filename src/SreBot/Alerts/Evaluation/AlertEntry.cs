using SreBot.Alerts.States;

namespace SreBot.Alerts.Evaluation;

/// <summary>Where a rule, or one group of it, stands, exactly as it is written.</summary>
/// <param name="WrittenAt">The tick that wrote it.</param>
/// <param name="Worst">Of the open episode.</param>
/// <param name="IsHeldBack">The open episode began while catching up, and nobody was told.</param>
internal sealed record AlertEntry(AlertState State, DateTimeOffset WrittenAt, double? Worst, bool IsHeldBack);
