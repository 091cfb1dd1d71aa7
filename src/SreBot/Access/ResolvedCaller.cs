using SreBot.Model;

namespace SreBot.Access;

/// <summary>Who asks, and whether the answer is for their eyes alone: the question named more than the channel may see.</summary>
internal sealed record ResolvedCaller(Caller Caller, bool IsPrivate);
