namespace SreBot.Rca;

/// <summary>How far a cell moved between two stretches.</summary>
/// <param name="From">The value before, or the one to expect for a cell that is new.</param>
/// <param name="Z">The move in standard errors, divided by how much the data moves anyway.</param>
/// <param name="Excess">What the move adds up to over the second stretch: the move times its requests.</param>
/// <param name="Requests">In the second stretch.</param>
internal sealed record RcaShift(RcaCell Cell, RcaMeasure Measure, double From, double To, double Z, double Excess, double Requests)
{
    /// <summary>The likelihood that a move of this cell alone explains, for holding explanations against each other: its past counts as known, so that a cell
    /// with a longer past is no better for it.</summary>
    public double Gain { get; init; } = Z * Z;

    public double Move => To - From;
    public double Ratio => From > 0 ? To / From : To > 0 ? double.PositiveInfinity : 1;
}
