using SreBot.Model;

namespace SreBot.Rca;

/// <summary>Finds the values and pairs that carry the change. The best explanation is the one with the largest move in standard errors: a cell that is
/// too wide dilutes the move, one that is too narrow has fewer requests. What it explains is then taken out, and the search goes on.</summary>
internal static class SearchPass
{
    private const int Most = 4;

    public static void Run(RcaBoard board)
    {
        if (board.IsQuiet)
            return;

        var pool = board.Input.Cells
            .Where(cell => RcaRules.Applies(cell, board.Input.Measure) && cell.Agrees(board.Input.Subject) && !IsSingle(board, cell))
            .Select(cell => board.Shifts.Move(cell, board.Input.Measure)).OfType<RcaShift>()
            .Where(shift => RcaRules.IsNotable(shift) && Math.Abs(shift.Z) >= LeastZ(board, shift))
            .ToList();
        while (pool.Count > 0 && board.Candidates.Count < Most)
        {
            var best = pool.MaxBy(shift => Weight(board, shift))!;
            board.Candidates.Add(best);
            if (best.Cell.IsAll)
                return;

            pool = [.. pool.Select(shift => Unexplained(board, shift, best)).OfType<RcaShift>()];
        }
    }

    private static double LeastZ(RcaBoard board, RcaShift shift) => shift.Cell.Conditions.Count switch
    {
        2 => IsBroughtByChange(board, shift.Cell) ? RcaRules.LeastZ : RcaRules.LeastPairZ,
        1 when shift.Cell.On("server_id") is not null && shift.Move > 0 && IsShort(board, shift.Cell) => RcaRules.LeastSuspectZ,
        _ => RcaRules.LeastZ,
    };

    /// <summary>The server itself has less CPU or memory left than before, and the others do not.</summary>
    private static bool IsShort(RcaBoard board, RcaCell server) => new[] { RcaMeasure.Memory, RcaMeasure.Cpu }.Where(reading => reading != board.Input.Measure)
        .Any(reading => board.Shifts.Move(server, reading) is { } own && RcaRules.IsNotable(own) && RcaRules.IsCertain(own) && board.Shifts.Rest(server, reading) is { } rest && !RcaRules.IsNotable(rest));

    /// <summary>A pair that is the same requests as one of its values, before and during (an endpoint with its service), says no more than that value.</summary>
    private static bool IsSingle(RcaBoard board, RcaCell cell) => cell.Conditions.Count == 2 && cell.Conditions.Any(condition =>
        board.Shifts.Single(condition.Dimension, condition.Value) is { } single && cell.During.Count >= 0.98 * single.During.Count && cell.Past.Count >= 0.98 * single.Past.Count);

    /// <summary>The likelihood that the move gains, with a little for what is said shortly and for what a change brought.</summary>
    private static double Weight(RcaBoard board, RcaShift shift)
    {
        var isBroughtByChange = IsBroughtByChange(board, shift.Cell);
        var isOldVersion = shift.Cell.On("version") is not null && !isBroughtByChange; // a service and its only version are the same requests
        return shift.Gain * (shift.Cell.Conditions.Count == 2 ? 0.95 : 1) * (isBroughtByChange ? 1.15 : 1) * (isOldVersion ? 0.95 : 1);
    }

    /// <summary>A version that came when the trouble began is suspected before any other cell.</summary>
    private static bool IsBroughtByChange(RcaBoard board, RcaCell cell) => cell.On("version") is not null && (RcaShifts.IsNew(cell) || RcaRules.Match(board.Input, board.Shifts, cell) is not null);

    /// <summary>What is left of a cell's move without the requests of the one that was found; null when nothing notable is.</summary>
    private static RcaShift? Unexplained(RcaBoard board, RcaShift shift, RcaShift found)
    {
        if (shift.Cell.IsAll || IsPart(board, shift.Cell, found.Cell))
            return null;

        if (!shift.Cell.Agrees(found.Cell.Conditions))
            return shift; // other values of the same dimension: no request is in both

        if (shift.Cell.Conditions.Count == 2 && shift.Cell.Conditions.All(condition => IsExplained(board, condition, shift.Measure, found)))
            return null;

        var left = Common(board, shift.Cell, found.Cell) is { } common ? board.Shifts.Move(shift.Cell.Without(common), shift.Measure) : Diluted(board, shift, found);
        return left is not null && RcaRules.IsNotable(left) && RcaRules.IsCertain(left) && left.Move >= 0.5 * shift.Move ? left : null;
    }

    /// <summary>A value that stood still apart from the found cell: a pair of two such values moved by what it shares with that cell.</summary>
    private static bool IsExplained(RcaBoard board, DimensionCondition condition, RcaMeasure measure, RcaShift found) =>
        board.Shifts.Single(condition.Dimension, condition.Value) is { } single && board.Shifts.Move(single, measure) is { } move
            && (!RcaRules.IsNotable(move) || !RcaRules.IsCertain(move) || Unexplained(board, move, found) is null);

    /// <summary>All of the cell's requests are also the other's: it names the same values, or values that come with those alone (an endpoint and its service).</summary>
    private static bool IsPart(RcaBoard board, RcaCell cell, RcaCell of) =>
        of.Conditions.All(wide => cell.Conditions.Contains(wide) || cell.Conditions.Any(narrow => narrow.Dimension != wide.Dimension && ComesWith(board, narrow, wide)));

    private static bool ComesWith(RcaBoard board, DimensionCondition narrow, DimensionCondition wide) =>
        board.Shifts.Single(narrow.Dimension, narrow.Value) is { During.Count: > 0 } all && board.Shifts.Pair(narrow, wide) is { } both && both.During.Count >= 0.98 * all.During.Count;

    private static RcaCell? Common(RcaBoard board, RcaCell a, RcaCell b) => (a.Conditions, b.Conditions) switch
    {
        _ when IsPart(board, b, a) => b,
        ([var one], [var other]) => board.Shifts.Pair(one, other),
        _ => null,
    };

    /// <summary>Where three dimensions meet nothing was counted: the found cell's requests are taken to be spread evenly.</summary>
    private static RcaShift Diluted(RcaBoard board, RcaShift shift, RcaShift found)
    {
        var meeting = found.Cell.Conditions.Where(condition => shift.Cell.On(condition.Dimension) is null).ToList();
        var within = meeting.Count == found.Cell.Conditions.Count ? board.Shifts.All.During.Count
            : board.Shifts.Single(found.Cell.Conditions.Except(meeting).First().Dimension, found.Cell.Conditions.Except(meeting).First().Value)?.During.Count ?? board.Shifts.All.During.Count;
        var share = within > 0 ? Math.Min(1, found.Requests / within) : 0;
        var explained = found.Measure == RcaMeasure.Requests ? found.Move * Math.Min(1, shift.Requests / Math.Max(1, board.Shifts.All.During.Count)) : share * found.Move;
        var left = shift.Move - explained;
        return shift with { To = shift.From + left, Z = shift.Z * left / shift.Move, Excess = shift.Excess * left / shift.Move, Gain = shift.Gain * Math.Pow(left / shift.Move, 2) };
    }
}
