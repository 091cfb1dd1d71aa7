using Microsoft.Extensions.AI;

namespace SreBot.Planning;

/// <summary>A question with what was said before it and what may be used for it.</summary>
/// <param name="Earlier">The thread's last turns, oldest first.</param>
internal sealed record PlannerTurn(string Question, IReadOnlyList<ConversationTurn> Earlier, IReadOnlyList<AIFunction> Tools, DateTimeOffset Now);
