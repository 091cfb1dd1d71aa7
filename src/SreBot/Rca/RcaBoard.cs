namespace SreBot.Rca;

/// <summary>What the passes of one run hand to each other.</summary>
internal sealed class RcaBoard(RcaInput input, RcaShifts shifts)
{
    public RcaInput Input => input;
    public RcaShifts Shifts => shifts;

    /// <summary>The cells whose move is too large for chance, the best explanation first; each without what the ones before it explain.</summary>
    public List<RcaShift> Candidates { get; } = [];

    /// <summary>The candidates that stood.</summary>
    public List<RcaShift> Standing { get; } = [];

    /// <summary>Those that moved the same way before: the trouble may have begun earlier than was thought.</summary>
    public List<RcaShift> Suspects { get; } = [];
    public List<RcaCause> Causes { get; } = [];
    public List<RcaStatement> RuledOut { get; } = [];
    public List<RcaStatement> Affected { get; } = [];
    public RcaShift? Subject { get; set; }

    /// <summary>The subject itself has too little of a change to look for a cause of it.</summary>
    public bool IsQuiet { get; set; }
}
