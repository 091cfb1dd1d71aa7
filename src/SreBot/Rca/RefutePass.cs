namespace SreBot.Rca;

/// <summary>Holds each candidate against the data before it is named.</summary>
internal static class RefutePass
{
    public static void Run(RcaBoard board)
    {
        foreach (var candidate in board.Candidates)
        {
            var placebo = board.Shifts.Placebo(candidate.Cell, candidate.Measure);
            if (placebo is { } && Math.Abs(placebo.Z) >= RcaRules.LeastZ && Math.Abs(placebo.Move) >= 0.6 * Math.Abs(candidate.Move))
                board.RuledOut.Add(RcaStatement.Of($"{candidate.Cell.Name}: it moved as far before, from {Words.Figure(candidate.Measure, placebo.From)} to {Words.Figure(candidate.Measure, placebo.To)}, when nothing was wrong."));
            else if (board.Standing.Count > 0 && Share(board, candidate) < 0.1)
                board.RuledOut.Add(RcaStatement.Of($"{candidate.Cell.Name}: it moved as well, from {Words.Figure(candidate.Measure, candidate.From)} to {Words.Figure(candidate.Measure, candidate.To)}, but carries less than a tenth of the change."));
            else
                board.Standing.Add(candidate);
        }
    }

    /// <summary>The part of the whole change that the cell carries, 0 to 1.</summary>
    public static double Share(RcaBoard board, RcaShift shift)
    {
        var total = board.Shifts.Move(board.Shifts.All, shift.Measure)?.Excess ?? 0;
        return total == 0 || Math.Sign(total) != Math.Sign(shift.Excess) ? 1 : Math.Clamp(shift.Excess / total, 0, 1);
    }
}
