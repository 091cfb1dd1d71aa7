namespace SreBot.Rca;

/// <summary>A number in a statement, formatted by whoever shows it.</summary>
/// <param name="Unit">Such as <c>ms</c>, <c>%</c>, <c>requests/min</c>; <c>times</c> for a ratio.</param>
internal sealed record RcaFigure(double Value, string Unit);
