namespace SreBot.Rca;

/// <summary>What the data says.</summary>
/// <param name="Subject">How the subject itself moved; null when too few requests tell.</param>
/// <param name="Causes">The most likely first; none: the data shows no cause.</param>
/// <param name="RuledOut">What was held against the data and fell.</param>
/// <param name="Affected">Who feels it, and who does not.</param>
internal sealed record RcaVerdict(RcaMeasure Measure, RcaShift? Subject, IReadOnlyList<RcaCause> Causes, IReadOnlyList<RcaStatement> RuledOut, IReadOnlyList<RcaStatement> Affected)
{
    /// <summary>Cells that moved before the change as well, in the same direction: when theirs began is worth a look.</summary>
    public IReadOnlyList<RcaCell> Suspects { get; init; } = [];
}
