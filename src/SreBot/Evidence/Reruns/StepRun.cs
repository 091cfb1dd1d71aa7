using SreBot.Model;

namespace SreBot.Evidence.Reruns;

/// <summary>A recorded step that ran again.</summary>
/// <param name="Parameters">With which it ran: the recorded ones, moved in time when it ran as of now.</param>
/// <param name="AsOf">The moment it looks back from: when it was recorded, or now.</param>
/// <param name="Differs">One sentence on what differs, or why it did not run; null when nothing does.</param>
/// <param name="Table">Bounded as the recorded one is.</param>
internal sealed record StepRun(RecordedStep Step, IReadOnlyDictionary<string, string> Parameters, DateTimeOffset AsOf, StepVerdict Verdict, string? Differs, StepTable Table);
