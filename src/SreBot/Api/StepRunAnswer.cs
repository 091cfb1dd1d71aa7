using System.Text.Json.Serialization;
using SreBot.Replies;
using SreBot.Evidence.Reruns;

namespace SreBot.Api;

/// <summary>A recorded step that ran again.</summary>
/// <param name="Sql">As it was recorded, and as it ran.</param>
/// <param name="Parameters">With which it ran, as ClickHouse reads them; none when it was not run.</param>
/// <param name="Differs">One sentence; null when nothing does.</param>
/// <param name="Html">The first rows as a table, and <paramref name="Text"/> in plain text.</param>
/// <param name="Chart">Null when the result is not over time.</param>
internal sealed record StepRunAnswer(
    int Step, string Question, string Sql, IReadOnlyDictionary<string, string> Parameters, [property: JsonPropertyName("as_of")] DateTimeOffset AsOf, StepVerdict Verdict, string? Differs,
    IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<object?>> Rows, [property: JsonPropertyName("is_cut")] bool IsCut, string Html, string Text, ChartPicture? Chart)
{
    public static StepRunAnswer Of(StepRun run)
    {
        var shown = StepDisplay.Of(run.Step, run.Table);
        return new(run.Step.Number, run.Step.Question, run.Step.Sql, run.Parameters, run.AsOf, run.Verdict, run.Differs, run.Table.Columns, run.Table.Rows, run.Table.IsCut, shown.Html, shown.Text, shown.Chart);
    }
}
