using System.Text.Json;
using SreBot.Model;

namespace SreBot.Evidence;

/// <summary>A row of <c>step</c>.</summary>
internal sealed record StepRow
{
    public int Number { get; init; }
    public string Question { get; init; } = "";
    public string Sql { get; init; } = "";
    public string Parameters { get; init; } = "{}";
    public DateTime AsOf { get; init; }
    public string Result { get; init; } = "";
    public string? Conclusion { get; init; }

    public RecordedStep ToStep() =>
        new(Number, Question, Sql, JsonSerializer.Deserialize<Dictionary<string, string>>(Parameters, SreJson.Options)!, new DateTimeOffset(AsOf), StepTables.FromJson(Result)) { Conclusion = Conclusion };
}
