using System.Text.Json.Serialization;
using SreBot.Evidence.Reruns;

namespace SreBot.Api;

/// <summary>All steps of an investigation that ran again.</summary>
/// <param name="AsOf"><c>then</c> or <c>now</c>.</param>
/// <param name="Summary">One sentence.</param>
internal sealed record InvestigationRunAnswer(Guid Investigation, [property: JsonPropertyName("as_of")] string AsOf, string Summary, IReadOnlyList<InvestigationRunAnswer.Line> Steps)
{
    public static InvestigationRunAnswer Of(Guid investigation, bool isNow, IReadOnlyList<StepRun> runs)
    {
        var counts = runs.GroupBy(run => run.Verdict).OrderBy(group => group.Key).Select(group => $"{group.Count()} {group.Key.ToString().ToLowerInvariant()}");
        return new(investigation, isNow ? "now" : "then", $"{(runs.Count == 1 ? "1 step" : $"{runs.Count} steps")} as of {(isNow ? "now" : "then")}: {string.Join(", ", counts)}.",
            [.. runs.Select(run => new Line(run.Step.Number, run.Step.Question, run.Verdict, run.Differs))]);
    }

    /// <summary>One step's verdict.</summary>
    internal sealed record Line(int Step, string Question, StepVerdict Verdict, string? Differs);
}
