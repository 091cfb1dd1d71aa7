using SreBot.Adapters.Chat;
using SreBot.Evidence.Notes;
using SreBot.Model;

namespace SreBot.Evidence;

/// <summary>A question with what was read for it: the page <c>/investigations/{id}</c>.</summary>
/// <param name="Answer">Null while it is being worked, and after a failure.</param>
internal sealed record InvestigationRecord(Guid Id, string Question, string AskedBy, DateTimeOffset CreatedAt, long? IncidentId, ChatReply? Answer, IReadOnlyList<RecordedStep> Steps)
{
    /// <summary>What people wrote beside it, oldest first.</summary>
    public IReadOnlyList<InvestigationNote> Notes { get; init; } = [];
}
