namespace SreBot.Alerts.Backtests;

/// <summary>A question to which counting has the answer: does the percentile lie above that value?</summary>
/// <param name="IsStrict">False: at or above it.</param>
internal readonly record struct PercentileMark(double Value, bool IsStrict)
{
    public string Symbol => IsStrict ? ">" : ">=";
}
