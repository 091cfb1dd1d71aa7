using System.Text.Json;
using SreBot.Adapters.Chat;
using SreBot.Model;

namespace SreBot.Evidence;

/// <summary>A row of <c>investigation</c>.</summary>
internal sealed record InvestigationRow
{
    public Guid Id { get; init; }
    public string Question { get; init; } = "";
    public string AskedBy { get; init; } = "";
    public string[] Projects { get; init; } = [];
    public string Conditions { get; init; } = "[]";
    public long? IncidentId { get; init; }
    public string? Answer { get; init; }
    public DateTime CreatedAt { get; init; }

    public bool IsWithin(AccessScope scope)
    {
        var asked = JsonSerializer.Deserialize<List<DimensionCondition>>(Conditions, SreJson.Options)!;
        return Projects.All(scope.Projects.Contains) && scope.Conditions.All(asked.Contains);
    }

    public InvestigationRecord ToRecord(IReadOnlyList<RecordedStep> steps) =>
        new(Id, Question, AskedBy, new DateTimeOffset(CreatedAt), IncidentId, Answer is null ? null : JsonSerializer.Deserialize<ChatReply>(Answer, SreJson.Options), steps);
}
