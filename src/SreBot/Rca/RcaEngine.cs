namespace SreBot.Rca;

/// <summary>Says why something moved, from counts and sums alone; no I/O, no clock. Each pass reads what the ones before it wrote on the board.</summary>
internal static class RcaEngine
{
    private static readonly IReadOnlyList<Action<RcaBoard>> Passes =
    [
        SubjectPass.Run,    // did the subject change at all?
        SearchPass.Run,     // which values, or pairs of values, carry the change?
        RefutePass.Run,     // was it so before? is it everybody?
        DependencyPass.Run, // is it something that they call?
        NamePass.Run,       // what kind of cause is it, and what speaks for it?
        PeersPass.Run,      // was the subject worse than its peers all along?
        BystandersPass.Run, // what else moved, or was changed, and is not the cause?
    ];

    public static RcaVerdict Explain(RcaInput input)
    {
        var board = new RcaBoard(input, new RcaShifts(input));
        foreach (var pass in Passes)
        {
            pass(board);
        }

        return new RcaVerdict(input.Measure, board.Subject, [.. board.Causes.OrderByDescending(cause => cause.Score)], board.RuledOut, board.Affected) { Suspects = [.. board.Suspects.Select(shift => shift.Cell)] };
    }
}
