namespace SreBot.Rca;

/// <summary>Holds each candidate against the data before it is named.</summary>
internal static class RefutePass
{
    public static void Run(RcaBoard board)
    {
        foreach (var candidate in board.Candidates)
        {
            var placebo = board.Shifts.Placebo(candidate.Cell, candidate.Measure);
            if (IsBehind(board, candidate) is { } late)
                board.RuledOut.Add(late);
            else if (placebo is { } && !Climbs(board, candidate, placebo) && Math.Abs(placebo.Z) >= RcaRules.LeastZ && Math.Abs(placebo.Move) >= 0.6 * Math.Abs(candidate.Move))
            {
                board.RuledOut.Add(RcaStatement.Of($"{candidate.Cell.Name}: it moved as far before, from {Words.Figure(candidate.Measure, placebo.From)} to {Words.Figure(candidate.Measure, placebo.To)}, when nothing was wrong."));
                if (placebo.Move * candidate.Move > 0)
                    board.Suspects.Add(candidate);
            }
            else if (board.Standing.Count > 0 && Share(board, candidate) < 0.1)
                board.RuledOut.Add(RcaStatement.Of($"{candidate.Cell.Name}: it moved as well, from {Words.Figure(candidate.Measure, candidate.From)} to {Words.Figure(candidate.Measure, candidate.To)}, but carries less than a tenth of the change."));
            else
                board.Standing.Add(candidate);
        }
    }

    /// <summary>What moved before the change moves on in the same direction, alone: the change began earlier than it was felt.</summary>
    private static bool Climbs(RcaBoard board, RcaShift candidate, RcaShift placebo) =>
        placebo.Cell.Conditions.Count == 1 && placebo.Move * candidate.Move > 0 && candidate.To > placebo.To && placebo.To > placebo.From
            && board.Shifts.RestPlacebo(candidate.Cell, candidate.Measure) is { } rest && rest.Move < 0.3 * placebo.Move;

    /// <summary>Fewer requests where rows may still be on their way are no proven loss; null: it is not that.</summary>
    private static RcaStatement? IsBehind(RcaBoard board, RcaShift candidate)
    {
        var (input, all) = (board.Input, board.Shifts.All);
        if (candidate.Measure != RcaMeasure.Requests || candidate.Move >= 0 || input.Behind.Count == 0 || all.Past.Count == 0)
            return null;

        var past = (input.Before.To - input.Earlier.From).TotalMinutes;
        var own = candidate.Cell.On("project_id");
        var late = input.Behind.Where(entry => own is null || entry.Key == own).ToList();
        var missing = late.Sum(entry => (board.Shifts.Single("project_id", entry.Key)?.Past.Count ?? 0) / past * Math.Min(input.During.Length.TotalMinutes, (input.During.To - entry.Value).TotalMinutes));
        missing *= own is null ? candidate.Cell.Past.Count / all.Past.Count : 1;
        return missing < 0.5 * -candidate.Excess ? null
            : RcaStatement.Of($"{candidate.Cell.Name}: fewer requests, but the newest of {string.Join(", ", late.Select(entry => entry.Key))} is of {late.Min(entry => entry.Value)}; the rest may still arrive, so it is no proven loss of traffic.");
    }

    /// <summary>The part of the whole change that the cell carries, 0 to 1.</summary>
    public static double Share(RcaBoard board, RcaShift shift)
    {
        var total = board.Shifts.Move(board.Shifts.All, shift.Measure)?.Excess ?? 0;
        return total == 0 || Math.Sign(total) != Math.Sign(shift.Excess) ? 1 : Math.Clamp(shift.Excess / total, 0, 1);
    }
}
