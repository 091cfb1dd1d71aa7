namespace SreBot.Rca;

/// <summary>How the subject itself moved. A subject with enough requests that did not move has no change to explain.</summary>
internal static class SubjectPass
{
    private const double EnoughRequests = 100;

    public static void Run(RcaBoard board)
    {
        var cell = board.Input.Subject switch
        {
            [] => board.Shifts.All,
            [var one] => board.Shifts.Single(one.Dimension, one.Value),
            [var one, var two] => board.Shifts.Pair(one, two),
            _ => null,
        };
        if (cell is null || board.Shifts.Move(cell, board.Input.Measure) is not { } move)
            return;

        board.Subject = move;
        board.IsQuiet = !cell.IsAll && !board.Input.IsKnownToMove && move.Requests >= EnoughRequests && Math.Abs(move.Z) < 2.5 && move.Ratio is > 0.95 and < 1.1;
    }
}
