namespace SreBot.Rca;

/// <summary>What the calls of one stretch of time added up to, from sums by minute.</summary>
internal readonly record struct RcaCallTally
{
    public double Count { get; init; }

    /// <summary>Minutes that had calls.</summary>
    public double Minutes { get; init; }
    public double Errors { get; init; }

    /// <summary>Milliseconds.</summary>
    public double Latency { get; init; }

    /// <summary>Of each minute's mean, as often as it had calls.</summary>
    public double LatencySquares { get; init; }

    /// <summary>Milliseconds a call, or percent of the calls; NaN without calls.</summary>
    public double Mean(RcaMeasure measure) => Count > 0 ? (measure == RcaMeasure.ErrorRate ? 100 * Errors : Latency) / Count : double.NaN;

    /// <summary>Of one call around <see cref="Mean"/>, as the minutes' means tell.</summary>
    public double Variance(RcaMeasure measure)
    {
        var mean = Mean(measure);
        if (measure != RcaMeasure.ErrorRate)
            return Minutes > 1 ? Math.Max(0, LatencySquares - (Count * mean * mean)) / (Minutes - 1) : double.NaN;

        var share = (Errors + 0.5) / (Count + 1);
        return 1e4 * share * (1 - share);
    }

    public static RcaCallTally operator +(RcaCallTally a, RcaCallTally b) => new()
    {
        Count = a.Count + b.Count, Minutes = a.Minutes + b.Minutes, Errors = a.Errors + b.Errors, Latency = a.Latency + b.Latency, LatencySquares = a.LatencySquares + b.LatencySquares,
    };
}
