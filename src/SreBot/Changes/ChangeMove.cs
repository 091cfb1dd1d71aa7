using SreBot.Rca;

namespace SreBot.Changes;

/// <summary>A measure that was different after a change.</summary>
/// <param name="BeganBefore">It was on its way there before the change.</param>
internal sealed record ChangeMove(RcaShift Shift, bool BeganBefore);
