namespace SreBot.Rca;

/// <summary>How far the calls of one callee moved, all callers together and each by itself.</summary>
internal sealed record CallMove(string Callee, IReadOnlyList<RcaCall> ByCaller, RcaShift Shift)
{
    private const double LeastCalls = 20;

    public IReadOnlyList<string> Callers { get; } = [.. ByCaller.Select(call => call.Caller).Order(StringComparer.Ordinal)];

    public bool IsSlowed => RcaRules.IsNotable(Shift) && Shift.Z >= RcaRules.LeastZ;

    /// <summary>Every caller with enough calls saw at least half of it.</summary>
    public bool IsForAllCallers => ByCaller.Where(call => call.During.Count >= LeastCalls && call.Past.Count >= LeastCalls).All(call =>
        call.During.Mean(Shift.Measure) - call.Past.Mean(Shift.Measure) >= 0.5 * (Shift.Measure == RcaMeasure.ErrorRate ? Shift.Move : (Shift.Ratio - 1) * call.Past.Mean(Shift.Measure)));

    /// <summary>Null when there were too few calls to tell.</summary>
    public static CallMove? Of(string callee, IReadOnlyList<RcaCall> calls, RcaMeasure measure)
    {
        var past = calls.Aggregate(default(RcaCallTally), (sum, call) => sum + call.Past);
        var during = calls.Aggregate(default(RcaCallTally), (sum, call) => sum + call.During);
        if (past.Count < LeastCalls || during.Count < LeastCalls || double.IsNaN(past.Variance(measure)))
            return null;

        // The mix of callers must not pass for a move: each caller's past counts as often as it calls now.
        var known = calls.Where(call => call.Past.Count > 0 && call.During.Count > 0).ToList();
        var from = known.Sum(call => call.During.Count * call.Past.Mean(measure)) / known.Sum(call => call.During.Count);
        var to = known.Sum(call => call.During.Count * call.During.Mean(measure)) / known.Sum(call => call.During.Count);
        var present = double.IsNaN(during.Variance(measure)) ? past.Variance(measure) : Math.Max(during.Variance(measure), past.Variance(measure));
        var error = Math.Sqrt((past.Variance(measure) / past.Count) + (present / during.Count));
        var cell = new RcaCell([], default, default, default);
        return double.IsNaN(from) || error <= 0 ? null : new CallMove(callee, calls, new RcaShift(cell, measure, from, to, (to - from) / error, during.Count * (to - from), during.Count));
    }
}
