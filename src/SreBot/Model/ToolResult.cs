using SreBot.Adapters.Chat;

namespace SreBot.Model;

/// <summary>What a tool found.</summary>
/// <param name="Summary">One sentence, whole without the blocks.</param>
/// <param name="Blocks">The answer as a person sees it, built by code from the recorded steps.</param>
/// <param name="Facts">What a model may read: a small record, serialised as JSON; telemetry text in it is quoted data.</param>
internal sealed record ToolResult(string Summary, IReadOnlyList<ReplyBlock> Blocks, object Facts);
