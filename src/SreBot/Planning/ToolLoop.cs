using Microsoft.Extensions.AI;
using Microsoft.Extensions.Options;
using SreBot.Model;

namespace SreBot.Planning;

/// <summary>The bounded loop: ask, run the tools that were called, ask again.</summary>
internal sealed class ToolLoop(ToolGuard guard, IOptions<PlannerOptions> options) : IPlannerLoop
{
    public async Task<PlannerOutcome> RunAsync(IChatClient client, PlannerTurn turn, CancellationToken cancel)
    {
        var messages = Messages(turn);
        var settings = new ChatOptions { Tools = [.. turn.Tools], ToolMode = ChatToolMode.Auto };
        var runs = new List<ToolRun>();
        for (var round = 0; round < options.Value.MaxRounds; round++)
        {
            ChatResponse response;
            try
            {
                response = await client.GetResponseAsync(messages, settings, cancel);
            }
            catch (SreException error) when (error.Kind == SreErrorKind.Unavailable)
            {
                return new PlannerOutcome.Failed(error.Message, error.InnerException);
            }

            var calls = response.Messages.SelectMany(message => message.Contents).OfType<FunctionCallContent>().ToList();
            if (calls.Count == 0)
                return new PlannerOutcome.Answered(response.Text, runs);
            if (runs.Count + calls.Count > options.Value.MaxCalls)
                return new PlannerOutcome.Failed($"it called more than {options.Value.MaxCalls} tools");

            messages.AddRange(response.Messages);
            foreach (var call in calls)
            {
                var run = await guard.RunAsync(turn.Tools, call, cancel);
                runs.Add(run);
                messages.Add(new ChatMessage(ChatRole.Tool, [new FunctionResultContent(call.CallId, run.Text)]));
            }
        }

        return new PlannerOutcome.Failed($"it had no answer after {options.Value.MaxRounds} rounds");
    }

    private static List<ChatMessage> Messages(PlannerTurn turn)
    {
        List<ChatMessage> messages = [new(ChatRole.System, PlannerPrompt.Of(turn.Now))];
        foreach (var earlier in turn.Earlier)
        {
            messages.Add(new ChatMessage(ChatRole.User, earlier.Question));
            messages.Add(new ChatMessage(ChatRole.Assistant, earlier.Answer));
        }

        messages.Add(new ChatMessage(ChatRole.User, turn.Question));
        return messages;
    }
}
