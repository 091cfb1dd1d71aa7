namespace SreBot.Rca;

/// <summary>Is what stands explained by something that it calls? A callee is named when its calls became slower, or fail, for all its callers, other callees' did
/// not, and that is most of what its callers lost.</summary>
internal static class DependencyPass
{
    private const double LeastExplained = 0.5;

    public static void Run(RcaBoard board)
    {
        if (board.IsQuiet || board.Input.Measure is not (RcaMeasure.Latency or RcaMeasure.ErrorRate))
            return;

        var moves = board.Input.Calls.GroupBy(call => call.Callee).Select(calls => CallMove.Of(calls.Key, [.. calls], board.Input.Measure)).OfType<CallMove>().ToList();
        foreach (var move in moves.Where(move => IsAsked(board, move)).OrderByDescending(move => move.Shift.Excess))
        {
            if (!move.IsSlowed)
                continue;

            var others = Robust.Median(moves.Where(other => other != move).Select(other => other.Shift.Ratio));
            if (others - 1 >= 0.5 * (move.Shift.Ratio - 1))
                board.RuledOut.Add(RcaStatement.Of($"{move.Callee}: its calls went from {Words.Figure(move.Shift.Measure, move.Shift.From)} to {Words.Figure(move.Shift.Measure, move.Shift.To)}, but so did the calls of all others."));
            else if (!move.IsForAllCallers)
                board.RuledOut.Add(RcaStatement.Of($"{move.Callee}: its calls are slower for some of its callers only, so it lies with those."));
            else if (Deployed(board, move) is { } change)
                board.RuledOut.Add(RcaStatement.Of($"{move.Callee}: its calls went from {Words.Figure(move.Shift.Measure, move.Shift.From)} to {Words.Figure(move.Shift.Measure, move.Shift.To)}, but its only caller was changed just then: {change.Title}."));
            else if (Explained(board, move) is >= LeastExplained and var share)
                Name(board, move, Math.Min(1, share));
        }
    }

    private static bool IsAsked(RcaBoard board, CallMove move) =>
        board.Input.Subject.FirstOrDefault(condition => condition.Dimension == "service")?.Value is not { } service || move.Callers.Contains(service);

    /// <summary>A caller that was changed at that moment calls otherwise than before, and no other caller can speak for the callee.</summary>
    private static RcaChange? Deployed(RcaBoard board, CallMove move) => move.Callers is not [var only] ? null
        : board.Standing.Where(shift => Services(board, shift.Cell).SequenceEqual([only])).Select(shift => RcaRules.Match(board.Input, board.Shifts, shift.Cell)).FirstOrDefault(change => change is not null);

    /// <summary>The part of its callers' change that the calls make up.</summary>
    private static double Explained(RcaBoard board, CallMove move)
    {
        var callers = move.Callers.Select(caller => board.Shifts.Single("service", caller)).OfType<RcaCell>().Select(cell => board.Shifts.Move(cell, board.Input.Measure)).OfType<RcaShift>().ToList();
        var lost = callers.Count > 0 ? callers.Sum(caller => caller.Excess) : board.Shifts.Move(board.Shifts.All, board.Input.Measure)?.Excess ?? 0;
        return lost > 0 ? move.Shift.Excess / lost : 0;
    }

    private static void Name(RcaBoard board, CallMove move, double share)
    {
        var explained = board.Standing.Where(shift => IsExplained(board, shift, move)).ToList();
        var conditions = explained.Select(shift => shift.Cell.Conditions).FirstOrDefault() ?? [];
        var callers = string.Join(" and ", move.Callers);
        board.Standing.RemoveAll(explained.Contains);
        var (from, to) = (Words.Figure(move.Shift.Measure, move.Shift.From), Words.Figure(move.Shift.Measure, move.Shift.To));
        List<RcaStatement> evidence =
        [
            RcaStatement.Of($"Its calls went from {from} to {to}, {new RcaFigure(move.Shift.Ratio, "times")} what they were."),
            RcaStatement.Of($"That is {new RcaFigure(100 * share, "%")} of what {callers} lost."),
            .. move.ByCaller.Select(call => RcaStatement.Of($"From {call.Caller}: {Words.Figure(move.Shift.Measure, call.During.Mean(move.Shift.Measure))} against {Words.Figure(move.Shift.Measure, call.Past.Mean(move.Shift.Measure))} before.")),
        ];
        var sentence = RcaStatement.Of($"{move.Callee}, which {callers} {(move.Callers.Count == 1 ? "calls" : "call")}, is to blame: its calls {(move.Shift.Measure == RcaMeasure.Latency ? "take" : "fail at a rate of")} {to} against {from} before.");
        var score = Math.Clamp((1 - Math.Exp(-(move.Shift.Z - 2.5) / 4)) * Math.Sqrt(share), 0.01, 0.99);
        board.Causes.Add(new RcaCause(RcaCauseKind.Dependency, conditions, score, sentence, evidence, move.Shift) { Dependency = move.Callee });
        board.Affected.Add(RcaStatement.Of($"{callers}: {new RcaFigure(move.Shift.Requests, "requests")} called {move.Callee} in that time."));
    }

    /// <summary>The cell is nobody but callers, or the calls are as much as the whole of it lost.</summary>
    private static bool IsExplained(RcaBoard board, RcaShift shift, CallMove move) => Services(board, shift.Cell) is { Count: > 0 } services ? services.All(move.Callers.Contains) : move.Shift.Excess >= LeastExplained * shift.Excess;

    /// <summary>The services that the cell's requests are of, where its own conditions say so.</summary>
    private static IReadOnlyList<string> Services(RcaBoard board, RcaCell cell)
    {
        if (cell.On("service") is { } service)
            return [service];

        var telling = cell.Conditions.FirstOrDefault(condition => condition.Dimension is "endpoint" or "version");
        return telling is null ? [] : [.. board.Shifts.Singles("service").Where(single => board.Shifts.Pair(single.Conditions[0], telling) is { During.Count: > 0 }).Select(single => single.Conditions[0].Value)];
    }
}
