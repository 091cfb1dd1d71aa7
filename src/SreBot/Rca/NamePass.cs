namespace SreBot.Rca;

/// <summary>Gives each candidate that stood its kind, its sentence, its evidence and its score.</summary>
internal static class NamePass
{
    public static void Run(RcaBoard board)
    {
        foreach (var shift in board.Standing)
        {
            var companion = Companion(board, shift);
            var change = RcaRules.Match(board.Input, board.Shifts, shift.Cell);
            var kind = Kind(board, shift, companion, change);
            var where = kind == RcaCauseKind.HotProject && companion is not null ? companion.Cell.Conditions : shift.Cell.Conditions;
            board.Causes.Add(new RcaCause(kind, where, Score(board, shift, kind), Sentence(board, kind, shift, companion, RcaCell.Describe(where)), Evidence(board, shift, companion, change), shift));
        }

        foreach (var shift in board.Standing.Take(1))
        {
            board.Affected.Add(RcaStatement.Of($"{(shift.Cell.IsAll ? "Everybody" : shift.Cell.Name)}: {new RcaFigure(shift.Requests, "requests")} in that time, {Words.Title(shift.Measure)} {Words.Figure(shift.Measure, shift.To)} against {Words.Figure(shift.Measure, shift.From)} before."));
            if (board.Shifts.Rest(shift.Cell, shift.Measure) is { } rest)
                board.Affected.Add(RcaStatement.Of($"All others: {Words.Title(shift.Measure)} {Words.Figure(shift.Measure, rest.To)} against {Words.Figure(shift.Measure, rest.From)} before."));
        }
    }

    /// <summary>What else moved on the same server, or the traffic that explains a move of everything; null when nothing did.</summary>
    private static RcaShift? Companion(RcaBoard board, RcaShift shift)
    {
        IEnumerable<RcaShift?> looked = shift.Cell switch
        {
            { Conditions: [{ Dimension: "server_id" }] } => new[] { RcaMeasure.Memory, RcaMeasure.Cpu, RcaMeasure.Requests }.Where(measure => measure != shift.Measure).Select(measure => Own(board, shift.Cell, measure)),
            { Conditions: [{ Dimension: "project_id" }] } when shift.Measure != RcaMeasure.Requests => [Own(board, shift.Cell, RcaMeasure.Requests)],
            { IsAll: true } when shift.Measure != RcaMeasure.Requests => board.Shifts.Singles("project_id").Select(cell => Own(board, cell, RcaMeasure.Requests))
                .Append(board.Shifts.Move(board.Shifts.All, RcaMeasure.Requests)),
            _ => [],
        };
        return looked.OfType<RcaShift>().Where(move => move.Move > 0 && RcaRules.IsNotable(move) && Math.Abs(move.Z) >= RcaRules.LeastZ).MaxBy(move => move.Ratio);
    }

    /// <summary>A move that the rest does not share.</summary>
    private static RcaShift? Own(RcaBoard board, RcaCell cell, RcaMeasure measure)
    {
        var (own, rest) = (board.Shifts.Move(cell, measure), board.Shifts.Rest(cell, measure));
        return own is not null && (rest is null || rest.Ratio - 1 < 0.5 * (own.Ratio - 1)) ? own : null;
    }

    private static RcaCauseKind Kind(RcaBoard board, RcaShift shift, RcaShift? companion, RcaChange? change) => shift.Cell.Conditions switch
    {
        _ when shift.Measure == RcaMeasure.Requests => shift.Move < 0 ? RcaCauseKind.TrafficLoss
            : shift.Cell.Conditions is [{ Dimension: "project_id" }] ? RcaCauseKind.HotProject : RcaCauseKind.TrafficSurge,
        [] => companion?.Cell.IsAll switch { true => RcaCauseKind.TrafficSurge, false => RcaCauseKind.HotProject, null => RcaCauseKind.Everywhere },
        [{ Dimension: "server_id" }] => (shift.Measure, companion?.Measure) switch
        {
            (RcaMeasure.Memory, _) or (_, RcaMeasure.Memory) => RcaCauseKind.MemoryLeak,
            (_, RcaMeasure.Requests) => RcaCauseKind.Overload,
            (RcaMeasure.Cpu, _) or (_, RcaMeasure.Cpu) => RcaCauseKind.NoisyNeighbour,
            _ => RcaCauseKind.SlowServer,
        },
        _ when shift.Cell.On("version") is not null || change is not null => change is not null || RcaShifts.IsNew(shift.Cell) ? RcaCauseKind.BadDeploy : RcaCauseKind.Version,
        [{ Dimension: "project_id" }] => companion is null ? RcaCauseKind.Project : RcaCauseKind.HotProject,
        [{ Dimension: "endpoint" }] => RcaCauseKind.Endpoint,
        [{ Dimension: "service" }] => RcaCauseKind.Service,
        [{ Dimension: "region" }] => RcaCauseKind.Region,
        [{ Dimension: "platform" }] => RcaCauseKind.Platform,
        _ => RcaCauseKind.Combination,
    };

    private static RcaStatement Sentence(RcaBoard board, RcaCauseKind kind, RcaShift shift, RcaShift? companion, string name)
    {
        var (what, from, to) = (Words.Title(shift.Measure), Words.Figure(shift.Measure, shift.From), Words.Figure(shift.Measure, shift.To));
        return kind switch
        {
            RcaCauseKind.SlowServer => Slow(board, name, what, from, to),
            RcaCauseKind.NoisyNeighbour => RcaStatement.Of($"{name} lacks CPU without more requests, as with a noisy neighbour: {what} {to} against {from} before."),
            RcaCauseKind.MemoryLeak => RcaStatement.Of($"{name} runs short of memory, as with a leak: {what} {to} against {from} before."),
            RcaCauseKind.Overload => RcaStatement.Of($"{name} is overloaded by more requests: {what} {to} against {from} before."),
            RcaCauseKind.BadDeploy => RcaStatement.Of($"The deploy of {name} is bad: {what} {to} against {from} before."),
            RcaCauseKind.TrafficSurge => RcaStatement.Of($"A traffic surge{(shift.Cell.IsAll ? "" : $" on {name}")}: {Traffic(shift, companion).To} against {Traffic(shift, companion).From} before."),
            RcaCauseKind.TrafficLoss => RcaStatement.Of($"Traffic was lost{(shift.Cell.IsAll ? ", in every dimension alike" : $" on {name}")}: {to} against {from} before."),
            RcaCauseKind.HotProject => RcaStatement.Of($"{name} sends far more requests: {Traffic(shift, companion).To} against {Traffic(shift, companion).From} before."),
            RcaCauseKind.Everywhere => RcaStatement.Of($"Everything moved alike, so it is something shared that was not measured: {what} {to} against {from} before."),
            RcaCauseKind.Combination => RcaStatement.Of($"It is {name}, and neither of the two by itself: {what} {to} against {from} before."),
            _ => RcaStatement.Of($"It is {name}: {what} {to} against {from} before."),
        };
    }

    /// <summary>A reading that nobody took is no alibi.</summary>
    private static RcaStatement Slow(RcaBoard board, string name, string what, RcaFigure from, RcaFigure to) =>
        (double.IsNaN(board.Shifts.All.During.Mean(RcaMeasure.Cpu)), double.IsNaN(board.Shifts.All.During.Mean(RcaMeasure.Memory))) switch
        {
            (true, true) => RcaStatement.Of($"{name} itself became slow: {what} {to} against {from} before, with its traffic as usual; its CPU and memory are not recorded."),
            (true, false) => RcaStatement.Of($"{name} itself became slow: {what} {to} against {from} before, with its memory and traffic as usual; its CPU is not recorded."),
            (false, true) => RcaStatement.Of($"{name} itself became slow: {what} {to} against {from} before, with its CPU and traffic as usual; its memory is not recorded."),
            _ => RcaStatement.Of($"{name} itself became slow: {what} {to} against {from} before, with its CPU, memory and traffic as usual."),
        };

    private static (RcaFigure From, RcaFigure To) Traffic(RcaShift shift, RcaShift? companion)
    {
        var traffic = shift.Measure == RcaMeasure.Requests || companion is null ? shift : companion;
        return (Words.Figure(traffic.Measure, traffic.From), Words.Figure(traffic.Measure, traffic.To));
    }

    private static List<RcaStatement> Evidence(RcaBoard board, RcaShift shift, RcaShift? companion, RcaChange? change)
    {
        var title = Words.Title(shift.Measure);
        List<RcaStatement> evidence = [RcaStatement.Of($"Own past: {title} went from {Words.Figure(shift.Measure, shift.From)} to {Words.Figure(shift.Measure, shift.To)}, {new RcaFigure(shift.Ratio, "times")} what it was.")];
        if (board.Shifts.Rest(shift.Cell, shift.Measure) is { } rest)
            evidence.Add(RcaStatement.Of($"Peers: everything else went from {Words.Figure(shift.Measure, rest.From)} to {Words.Figure(shift.Measure, rest.To)}."));
        if (!shift.Cell.IsAll && RefutePass.Share(board, shift) is >= 0.1 and < 1 and var share)
            evidence.Add(RcaStatement.Of($"It carries {new RcaFigure(100 * share, "%")} of the whole change."));
        if (change is not null)
            evidence.Add(RcaStatement.Of($"Change: {change.Title} at {change.At}, and the trouble began at {board.Input.During.From}."));
        else if (shift.Cell.On("version") is { } version && RcaShifts.IsNew(shift.Cell))
            evidence.Add(RcaStatement.Of($"Version {version} had no requests before."));
        if (companion is not null)
            evidence.Add(RcaStatement.Of($"{(companion.Cell.IsAll ? "All together" : companion.Cell.Name)}: {Words.Title(companion.Measure)} went from {Words.Figure(companion.Measure, companion.From)} to {Words.Figure(companion.Measure, companion.To)}."));
        if (shift.Cell.Conditions.Count == 2)
            evidence.AddRange(shift.Cell.Conditions.Select(condition => Alone(board, shift, condition)).OfType<RcaStatement>());
        return evidence;
    }

    /// <summary>One of a pair's values without the other: it should not have moved.</summary>
    private static RcaStatement? Alone(RcaBoard board, RcaShift shift, Model.DimensionCondition condition) =>
        board.Shifts.Single(condition.Dimension, condition.Value) is { } single && board.Shifts.Move(single.Without(shift.Cell), shift.Measure) is { } alone
            ? RcaStatement.Of($"{single.Name} apart from that: {Words.Figure(shift.Measure, alone.To)} against {Words.Figure(shift.Measure, alone.From)} before.")
            : null;

    private static double Score(RcaBoard board, RcaShift shift, RcaCauseKind kind)
    {
        var certainty = 1 - Math.Exp(-(Math.Abs(shift.Z) - 2.5) / 4);
        var share = Math.Sqrt(RefutePass.Share(board, shift));
        var rest = board.Shifts.Rest(shift.Cell, shift.Measure) is { } others && Math.Abs(others.Z) >= RcaRules.LeastZ ? Math.Clamp(1 - (others.Move / shift.Move), 0.3, 1) : 1;
        return Math.Clamp(certainty * share * rest * (kind == RcaCauseKind.Everywhere ? 0.4 : 1), 0.01, 0.99);
    }
}
