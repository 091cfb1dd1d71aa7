namespace SreBot.Rca;

/// <summary>What moved, or was changed, and is not the cause; and what was looked at and stood still.</summary>
internal static class BystandersPass
{
    public static void Run(RcaBoard board)
    {
        Traffic(board);
        Servers(board, RcaMeasure.Cpu);
        Servers(board, RcaMeasure.Memory);
        Changes(board);
    }

    private static void Traffic(RcaBoard board)
    {
        if (board.Input.Measure != RcaMeasure.Requests && board.Shifts.Move(board.Shifts.All, RcaMeasure.Requests) is { } traffic && !RcaRules.IsNotable(traffic))
            board.RuledOut.Add(RcaStatement.Of($"Traffic: {Words.Figure(traffic.Measure, traffic.To)} against {Words.Figure(traffic.Measure, traffic.From)} before."));
    }

    /// <summary>Servers whose readings moved while the symptom on them did not.</summary>
    private static void Servers(RcaBoard board, RcaMeasure reading)
    {
        if (board.Input.Measure == reading)
            return;

        var moved = board.Shifts.Singles("server_id").Select(cell => board.Shifts.Move(cell, reading)).OfType<RcaShift>()
            .Where(shift => RcaRules.IsNotable(shift) && RcaRules.IsCertain(shift)).OrderByDescending(shift => shift.Ratio).ToList();
        foreach (var shift in moved.Where(shift => !board.Causes.Any(cause => cause.Conditions.SequenceEqual(shift.Cell.Conditions))).Take(2))
        {
            if (board.Shifts.Move(shift.Cell, board.Input.Measure) is { } symptom && !(RcaRules.IsNotable(symptom) && RcaRules.IsCertain(symptom)))
                board.RuledOut.Add(RcaStatement.Of($"{shift.Cell.Name}: its {Words.Title(reading)} went from {Words.Figure(reading, shift.From)} to {Words.Figure(reading, shift.To)}, but its {Words.Title(board.Input.Measure)} stayed at {Words.Figure(board.Input.Measure, symptom.To)}."));
        }

        if (moved.Count == 0 && board.Shifts.Singles("server_id").Select(cell => board.Shifts.Move(cell, reading)).OfType<RcaShift>().MaxBy(shift => shift.Ratio) is { } most)
            board.RuledOut.Add(RcaStatement.Of($"{Words.Title(reading)} of the servers: the largest move is {most.Cell.Name}'s, from {Words.Figure(reading, most.From)} to {Words.Figure(reading, most.To)}."));
    }

    private static void Changes(RcaBoard board)
    {
        foreach (var change in board.Input.Changes.Where(change => !board.Causes.Any(cause => RcaRules.Match(board.Input, board.Shifts, cause.Shift.Cell) == change)).TakeLast(3))
        {
            if (board.Shifts.Single("service", change.Service) is not { } cell || board.Shifts.Move(cell, board.Input.Measure) is not { } move)
                continue;

            board.RuledOut.Add(RcaRules.IsNotable(move) && RcaRules.IsCertain(move)
                ? RcaStatement.Of($"{change.Title} at {change.At}: {change.Service} moved with everything else, from {Words.Figure(move.Measure, move.From)} to {Words.Figure(move.Measure, move.To)}.")
                : RcaStatement.Of($"{change.Title} at {change.At}: {change.Service} stayed at {Words.Figure(move.Measure, move.To)}, {Words.Figure(move.Measure, move.From)} before."));
        }
    }
}
