namespace SreBot.Rca;

/// <summary>What one stretch of time added up to: sums and sums of squares, so that parts can be added and left out.</summary>
internal readonly record struct RcaTally
{
    public double Count { get; init; }
    public double Latency { get; init; }
    public double LatencySquares { get; init; }
    public double Errors { get; init; }
    public double Cost { get; init; }
    public double CostSquares { get; init; }
    public double Cpu { get; init; }
    public double CpuSquares { get; init; }
    public double Memory { get; init; }
    public double MemorySquares { get; init; }

    /// <summary>In the measure's unit (<see cref="RcaMeasure.ErrorRate"/> in percent); NaN without requests.</summary>
    public double Mean(RcaMeasure measure) => Count > 0 ? Sum(measure) / Count : double.NaN;

    /// <summary>Of one request around <see cref="Mean"/>.</summary>
    public double Variance(RcaMeasure measure)
    {
        if (Count <= 1)
            return 0;

        if (measure == RcaMeasure.ErrorRate)
        {
            var share = (Errors + 0.5) / (Count + 1); // half a failure more, so that none seen is not none possible
            return 1e4 * share * (1 - share);
        }

        var mean = Mean(measure);
        return Math.Max(0, (Squares(measure) / Count) - (mean * mean)) * Count / (Count - 1);
    }

    private double Sum(RcaMeasure measure) => measure switch
    {
        RcaMeasure.Latency => Latency,
        RcaMeasure.ErrorRate => 100 * Errors,
        RcaMeasure.Cost => Cost,
        RcaMeasure.Cpu => Cpu,
        RcaMeasure.Memory => Memory,
        _ => Count,
    };

    private double Squares(RcaMeasure measure) => measure switch
    {
        RcaMeasure.Latency => LatencySquares,
        RcaMeasure.Cost => CostSquares,
        RcaMeasure.Cpu => CpuSquares,
        RcaMeasure.Memory => MemorySquares,
        _ => Count,
    };

    public static RcaTally operator +(RcaTally a, RcaTally b) => Join(a, b, 1);

    public static RcaTally operator -(RcaTally a, RcaTally b) => Join(a, b, -1);

    private static RcaTally Join(RcaTally a, RcaTally b, int sign) => new()
    {
        Count = Math.Max(0, a.Count + (sign * b.Count)),
        Latency = a.Latency + (sign * b.Latency),
        LatencySquares = a.LatencySquares + (sign * b.LatencySquares),
        Errors = Math.Max(0, a.Errors + (sign * b.Errors)),
        Cost = a.Cost + (sign * b.Cost),
        CostSquares = a.CostSquares + (sign * b.CostSquares),
        Cpu = a.Cpu + (sign * b.Cpu),
        CpuSquares = a.CpuSquares + (sign * b.CpuSquares),
        Memory = a.Memory + (sign * b.Memory),
        MemorySquares = a.MemorySquares + (sign * b.MemorySquares),
    };
}
