using SreBot.Evidence;
using SreBot.Model;
using SreBot.Rca;

namespace SreBot.Investigations;

/// <summary>The engine's figures as a step of their own, so that each number of the report is in a recorded result.</summary>
internal static class RankedEvidence
{
    public static async Task<RecordedStep> KeepAsync(ToolContext context, RcaVerdict verdict, CancellationToken cancel)
    {
        var rows = new List<IReadOnlyList<object?>>();
        if (verdict.Subject is { } subject)
            rows.Add(Row("subject", subject.Cell.Name, subject, null, "", ""));
        foreach (var cause in verdict.Causes)
        {
            rows.Add(Row("cause", cause.Entity, cause.Shift, Percent(cause), cause.Strength, string.Join(" ", cause.Evidence.Prepend(cause.Sentence).Select(Figures.Sentence))));
        }

        rows.AddRange(verdict.RuledOut.Select(statement => Said("ruled out", statement)));
        rows.AddRange(verdict.Affected.Select(statement => Said("affected", statement)));
        var step = await context.Steps.KeepAsync("What the figures say: the causes in order, and what was ruled out", context.Scope, "computed by the root cause engine from the steps before",
            new StepTable(["part", "name", "measure", "before", "during", "standard_errors", "requests", "score_percent", "strength", "statement"], rows), cancel);
        step.Conclusion = verdict.Causes is [var first, ..] ? Figures.Sentence(first.Sentence) : "The data shows no cause.";
        return step;
    }

    /// <summary>How well the data carries a cause, 0 to 100.</summary>
    public static double Percent(RcaCause cause) => Math.Round(100 * cause.Score);

    private static IReadOnlyList<object?> Row(string part, string name, RcaShift shift, double? score, string strength, string statement) =>
        [part, name, Words.Title(shift.Measure), Known(shift.From), Known(shift.To), Known(Math.Round(shift.Z, 1)), Known(shift.Requests), score, strength, statement];

    private static IReadOnlyList<object?> Said(string part, RcaStatement statement) => [part, null, null, null, null, null, null, null, null, Figures.Sentence(statement)];

    private static object? Known(double value) => double.IsFinite(value) ? value : null;
}
