namespace SreBot.Alerts.Backtests;

/// <summary>From triggered to resolved, as it would have been.</summary>
/// <param name="To">Null: still open at the end of the stretch.</param>
/// <param name="Value">When it triggered; null without data, or where it was not read.</param>
/// <param name="Worst">While it was open; of a percentile that of the tick with the largest share of requests past the threshold, which is read by a second query.</param>
/// <param name="WorstTick">The tick of <paramref name="Worst"/>.</param>
/// <param name="Triggered">Time in the phase triggered, without what followed it.</param>
/// <param name="IsRead"><paramref name="Value"/> was read, and is not what a policy puts in its place.</param>
internal sealed record BacktestEpisode(string GroupKey, DateTimeOffset From, DateTimeOffset? To, double? Value, double? Worst, DateTimeOffset WorstTick, TimeSpan Triggered, bool IsRead);
