using SreBot.Model;
using SreBot.Rca;

namespace SreBot.Investigations;

/// <summary>What was read for one question, and the steps that it came from.</summary>
/// <param name="Onset">A change was found there; null: the subject's own measures do not show when it began.</param>
/// <param name="Looked">The stretch whose minutes were read.</param>
internal sealed record RcaReading(RcaInput Input, TimeWindow? Onset, TimeWindow Looked, RecordedStep Minutes, RecordedStep Cells, RecordedStep? Changes, RecordedStep? Calls, RecordedStep? Arrivals)
{
    public IEnumerable<RecordedStep> Steps => new[] { Minutes, Cells, Changes, Calls, Arrivals }.OfType<RecordedStep>();
}
