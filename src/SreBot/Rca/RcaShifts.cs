using SreBot.Model;

namespace SreBot.Rca;

/// <summary>Measures how far cells moved. Welch's test between the stretch before and the stretch during, with two guards: a small cell's variance is not
/// believed below a part of everybody's, and the result is divided by how far cells move between two stretches in which nothing happened.</summary>
internal sealed class RcaShifts
{
    private const double LeastPast = 20;
    private const double LeastDuring = 8;
    private const double LeastDuringForErrors = 4; // their test is exact enough for a handful

    private readonly RcaInput input;
    private readonly RcaCell all;
    private readonly Dictionary<(string, string), RcaCell> singles = [];
    private readonly Dictionary<(string, string, string, string), RcaCell> pairs = [];
    private readonly Dictionary<(RcaMeasure, bool), double> unrest = [];

    public RcaShifts(RcaInput input)
    {
        this.input = input;
        all = input.Cells.FirstOrDefault(cell => cell.IsAll) ?? new RcaCell([], default, default, default);
        foreach (var cell in input.Cells)
        {
            if (cell.Conditions is [var one])
                singles[(one.Dimension, one.Value)] = cell;
            else if (cell.Conditions is [var first, var second])
                pairs[Key(first, second)] = cell;
        }
    }

    public RcaCell All => all;

    public IEnumerable<RcaCell> Singles(string dimension) => singles.Where(entry => entry.Key.Item1 == dimension).Select(entry => entry.Value);

    public RcaCell? Single(string dimension, string value) => singles.GetValueOrDefault((dimension, value));

    /// <summary>The requests that meet both; null when none did, or when the two are not single conditions of different dimensions.</summary>
    public RcaCell? Pair(DimensionCondition a, DimensionCondition b) => pairs.GetValueOrDefault(Key(a, b));

    /// <summary>Null when there were too few requests to tell.</summary>
    public RcaShift? Move(RcaCell cell, RcaMeasure measure)
    {
        var spread = Unrest(measure, cell.IsAll);
        var shift = Compare(cell, measure, cell.Past, cell.During, PastMinutes, Minutes(input.During), spread);
        return shift is null ? null : shift with { Gain = shift.Gain * spread * spread }; // explanations are held against each other in one measure
    }

    /// <summary>The move between the two stretches before the change, where there should be none.</summary>
    public RcaShift? Placebo(RcaCell cell, RcaMeasure measure) => Placebo(cell, measure, Unrest(measure, cell.IsAll));

    /// <summary>Everything but the cell.</summary>
    public RcaShift? Rest(RcaCell cell, RcaMeasure measure) => cell.IsAll ? null : Move(all.Without(cell), measure);

    /// <summary>Everything but the cell, between the two stretches before the change.</summary>
    public RcaShift? RestPlacebo(RcaCell cell, RcaMeasure measure) => Placebo(all.Without(cell), measure);

    /// <summary>The version came with the change, or minutes before it: it has no past to hold it against.</summary>
    public static bool IsNew(RcaCell cell) => cell.Past.Count < LeastPast || cell.Past.Count < 0.35 * cell.During.Count;

    private double PastMinutes => Minutes(input.Earlier) + Minutes(input.Before);

    private RcaShift? Placebo(RcaCell cell, RcaMeasure measure, double spread) =>
        cell.Earlier.Count < LeastPast || cell.Before.Count < LeastPast ? null
            : Compare(cell, measure, cell.Earlier, cell.Before, Minutes(input.Earlier), Minutes(input.Before), spread);

    private RcaShift? Compare(RcaCell cell, RcaMeasure measure, RcaTally past, RcaTally present, double pastMinutes, double minutes, double spread)
    {
        if (measure == RcaMeasure.Requests)
            return CompareRequests(cell, past, present, pastMinutes, minutes, spread);

        if (present.Count < (measure == RcaMeasure.ErrorRate ? LeastDuringForErrors : LeastDuring))
            return null;

        var (from, model) = past.Count < LeastPast || (cell.On("version") is not null && present != cell.Before && (IsNew(cell) || IsShared(cell))) ? Expected(cell, measure) : (past.Mean(measure), past);
        if (double.IsNaN(from) || model.Count < LeastPast)
            return null;

        var to = present.Mean(measure);
        if (measure == RcaMeasure.ErrorRate)
        {
            return new RcaShift(cell, measure, from, to, ErrorZ(from / 100 * model.Count, model.Count, present.Errors, present.Count) / spread, present.Count * (to - from), present.Count)
            {
                Gain = 2 * Gain(present.Errors, present.Count, Math.Max(from, all.Past.Mean(measure) + 0.01) / 100) / (spread * spread),
            };
        }

        var (before, during) = (Readings(measure, model.Count, pastMinutes), Readings(measure, present.Count, minutes));
        var (firstError, secondError) = (Variance(model, measure, from) / before, Variance(present, measure, to) / during);
        if (measure is RcaMeasure.Cpu or RcaMeasure.Memory)
            (before, during) = (double.PositiveInfinity, double.PositiveInfinity); // how far readings spread is known from every server's past, however few of them count
        var z = Welch.Z(to - from, firstError, before, secondError, during);
        return double.IsNaN(z) ? null : new RcaShift(cell, measure, from, to, z / spread, present.Count * (to - from), present.Count);
    }

    /// <summary>The signed root of the likelihood ratio of two shares against one: right for a few failures of a few requests, where a normal test is not.</summary>
    private static double ErrorZ(double pastErrors, double pastCount, double errors, double count)
    {
        var one = (pastErrors + errors + 0.5) / (pastCount + count + 1);
        var deviance = 2 * (Gain(pastErrors, pastCount, one) + Gain(errors, count, one));
        return Math.Sign((errors / count) - (pastErrors / pastCount)) * Math.Sqrt(Math.Max(0, deviance));
    }

    private static double Gain(double errors, double count, double share) =>
        (errors > 0 ? errors * Math.Log(errors / count / share) : 0) + (count > errors ? (count - errors) * Math.Log((1 - (errors / count)) / (1 - share)) : 0);

    /// <summary>The requests of a minute carry the same reading of their server: they tell as much as one.</summary>
    private static double Readings(RcaMeasure measure, double count, double minutes) => measure is RcaMeasure.Cpu or RcaMeasure.Memory ? Math.Clamp(count, 1, Math.Max(1, minutes)) : count;

    private static RcaShift? CompareRequests(RcaCell cell, RcaTally past, RcaTally present, double pastMinutes, double minutes, double spread)
    {
        if (past.Count < LeastPast)
            return null;

        var expected = past.Count / pastMinutes * minutes;
        var error = Math.Sqrt(Math.Max(expected, 1) * (1 + (minutes / pastMinutes)));
        return new RcaShift(cell, RcaMeasure.Requests, past.Count / pastMinutes, present.Count / minutes, (present.Count - expected) / error / spread, present.Count - expected, present.Count);
    }

    /// <summary>What a cell without a past of its own would have shown, and the requests that tell: the past of the values that its requests meet in
    /// another dimension.</summary>
    private (double Mean, RcaTally Model) Expected(RcaCell cell, RcaMeasure measure)
    {
        if (cell.Conditions is [_, _])
        {
            if (Predecessor(cell, measure) is { } before)
                return before;

            var known = cell.Conditions.Select(condition => Single(condition.Dimension, condition.Value)).FirstOrDefault(single => single is not null && !IsNew(single));
            return known is null ? (double.NaN, default) : (known.Past.Mean(measure), known.Past);
        }

        var (sum, weight) = (0.0, 0.0);
        foreach (var single in Singles("endpoint").Where(single => !IsNew(single) && cell.Conditions.Count == 1))
        {
            var count = Pair(cell.Conditions[0], single.Conditions[0])?.During.Count ?? 0;
            sum += count * single.Past.Mean(measure);
            weight += count;
        }

        return (weight > 0 ? sum / weight : all.Past.Mean(measure), all.Past);
    }

    /// <summary>What the services of a version did on the same server, in the same region, … before it, each as often as it now runs that version; null when the
    /// pair is no version with another value, or one of them had too few requests.</summary>
    private (double Mean, RcaTally Model)? Predecessor(RcaCell cell, RcaMeasure measure)
    {
        if (cell.On("version") is null || cell.Conditions.FirstOrDefault(condition => condition.Dimension != "version") is not { } other)
            return null;

        if (other.Dimension is "service" or "endpoint")
            return Single(other.Dimension, other.Value) is { Past.Count: >= LeastPast } same ? (same.Past.Mean(measure), same.Past) : null;

        var parts = Running(cell).Select(part => (part.Count, Before: Pair(part.Service, other))).ToList();
        return parts.Count == 0 || parts.Any(part => part.Before is not { Past.Count: >= LeastPast }) ? null
            : (parts.Sum(part => part.Count * part.Before!.Past.Mean(measure)) / parts.Sum(part => part.Count), parts.Aggregate(default(RcaTally), (sum, part) => sum + part.Before!.Past));
    }

    /// <summary>The services that run the cell's version now; two may use one label.</summary>
    private IEnumerable<(DimensionCondition Service, double Count)> Running(RcaCell cell)
    {
        var version = cell.Conditions.First(condition => condition.Dimension == "version");
        return Singles("service").Select(single => (Service: single.Conditions[0], Pair(single.Conditions[0], version)?.During.Count ?? 0)).Where(part => part.Item2 > 0);
    }

    private bool IsShared(RcaCell cell) => cell.On("version") is not null && cell.On("service") is null && cell.On("endpoint") is null && Running(cell).Skip(1).Any();

    private double Variance(RcaTally tally, RcaMeasure measure, double mean)
    {
        var typical = all.Past.Mean(measure);
        var relative = typical > 0 ? all.Past.Variance(measure) / (typical * typical) : 0;
        return Math.Max(tally.Variance(measure), 0.25 * relative * mean * mean);
    }

    /// <summary>1 when cells move between two quiet stretches as chance has it, more when the data is restless (whole minutes move together, a trend).
    /// What all share, such as the time of day, makes no cell stand out among its peers: it counts against a move of everything alone.</summary>
    private double Unrest(RcaMeasure measure, bool isAll)
    {
        if (unrest.TryGetValue((measure, isAll), out var known))
            return known;

        var shared = isAll || measure == RcaMeasure.ErrorRate ? null : Placebo(all, measure, 1);
        var moves = input.Cells.Where(cell => cell.Conditions.Count <= 1).Select(cell => Placebo(cell, measure, 1)).OfType<RcaShift>().Select(shift => Math.Abs(Apart(shift, shared))).ToList();
        return unrest[(measure, isAll)] = moves.Count < 5 ? 1 : Math.Max(1, Robust.ToSigma * Robust.Median(moves));
    }

    /// <summary>A move in standard errors without what everything moved.</summary>
    private static double Apart(RcaShift shift, RcaShift? shared) =>
        shared is null || shift.Move == 0 || shared.From <= 0 ? shift.Z : shift.Z * (shift.Move - (shift.From * (shared.Ratio - 1))) / shift.Move;

    private static double Minutes(TimeWindow window) => Math.Max(window.Length.TotalMinutes, 1.0 / 60);

    private static (string, string, string, string) Key(DimensionCondition a, DimensionCondition b) =>
        string.CompareOrdinal(a.Dimension, b.Dimension) < 0 ? (a.Dimension, a.Value, b.Dimension, b.Value) : (b.Dimension, b.Value, a.Dimension, a.Value);
}
