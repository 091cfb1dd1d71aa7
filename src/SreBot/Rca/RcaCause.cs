using SreBot.Model;

namespace SreBot.Rca;

/// <summary>A named cause.</summary>
/// <param name="Conditions">Which requests it touches; none: all.</param>
/// <param name="Score">0 to 1: how well the data carries it.</param>
/// <param name="Sentence">The cause in one sentence.</param>
/// <param name="Evidence">The strongest first.</param>
internal sealed record RcaCause(RcaCauseKind Kind, IReadOnlyList<DimensionCondition> Conditions, double Score, RcaStatement Sentence, IReadOnlyList<RcaStatement> Evidence, RcaShift Shift)
{
    public string Entity => Dependency ?? RcaCell.Describe(Conditions);

    /// <summary>What the requests call, when that is the cause; <see cref="Conditions"/> are then those of the requests that feel it.</summary>
    public string? Dependency { get; init; }

    /// <summary><c>strong</c>, <c>moderate</c> or <c>weak</c>.</summary>
    public string Strength => Score >= 0.75 ? "strong" : Score >= 0.5 ? "moderate" : "weak";
}
