namespace SreBot.Alerts.Backtests;

/// <summary>What the rule would have done with another threshold.</summary>
/// <param name="Caught">Incidents in which an episode began.</param>
/// <param name="False">Episodes beside no incident.</param>
internal sealed record ThresholdTrial(double Threshold, int Caught, int False, int Episodes);
