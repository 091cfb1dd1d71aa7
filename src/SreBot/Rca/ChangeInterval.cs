namespace SreBot.Rca;

/// <summary>A stretch of a series that differs from the rest of it.</summary>
/// <param name="Start">Index of its first point.</param>
/// <param name="End">Index after its last point.</param>
/// <param name="Score">The difference in standard errors.</param>
internal sealed record ChangeInterval(int Start, int End, double Inside, double Outside, double Score);
