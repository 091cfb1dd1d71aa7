namespace SreBot.Alerts.Backtests;

/// <summary>A threshold that is worth setting.</summary>
/// <param name="Why">What speaks for it, as the end of a sentence.</param>
internal sealed record ThresholdSuggestion(ThresholdTrial Trial, string Why)
{
    public double Threshold => Trial.Threshold;
}
