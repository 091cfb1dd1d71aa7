using SreBot.Adapters.Chat;
using SreBot.Model;
using SreBot.Rca;

namespace SreBot.Investigations;

/// <summary>A finished investigation.</summary>
/// <param name="Verdict">Null when there was nothing to read.</param>
internal sealed record Investigation(string Summary, IReadOnlyList<ReplyBlock> Blocks, RcaVerdict? Verdict, RcaReading? Reading, object Facts)
{
    public ToolResult ToResult() => new(Summary, Blocks, Facts);

    public ChatReply ToReply() => new() { Summary = Summary, Blocks = Blocks };
}
