using Microsoft.Extensions.AI;

namespace SreBot.Planning;

/// <summary>Lets a chat client work a question with the tools until it has an answer.</summary>
internal interface IPlannerLoop
{
    Task<PlannerOutcome> RunAsync(IChatClient client, PlannerTurn turn, CancellationToken cancel);
}
