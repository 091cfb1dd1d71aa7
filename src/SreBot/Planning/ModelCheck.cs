using Microsoft.Extensions.AI;
using Microsoft.Extensions.Options;
using SreBot.Adapters.Chat;
using SreBot.Model;

namespace SreBot.Planning;

/// <summary>Whether the language model answers, by one short question that offers it a tool.</summary>
internal sealed class ModelCheck(PlannerClients clients, IOptions<PlannerOptions> options) : ISetupCheck
{
    public string Part => "Language model";

    public async Task<IReadOnlyList<SetupLine>> LookAsync(CancellationToken cancel)
    {
        if (clients.Model is not { } model)
            return [new(SetupState.Off, "Planner:Endpoint is not set; questions are answered by rules.")];

        try
        {
            var tool = AIFunctionFactory.Create(() => "ok", "check", "Answers ok.");
            var answer = await model.GetResponseAsync([new ChatMessage(ChatRole.User, "Call the tool check.")], new ChatOptions { Tools = [tool] }, cancel);
            return answer.Messages.SelectMany(message => message.Contents).OfType<FunctionCallContent>().Any()
                ? [new(SetupState.Good, $"{options.Value.Model} answers, and calls tools.")]
                : [new(SetupState.Warning, $"{options.Value.Model} answers, and called no tool when it was asked to.", "Choose a model that supports function calling; without, answers are computed by rules.")];
        }
        catch (SreException error)
        {
            return [new(SetupState.Broken, $"{options.Value.Model} at {new Uri(options.Value.Endpoint!).Host} does not answer; questions are answered by rules.", $"Check Planner:Endpoint, Planner:Model and Planner:ApiKey: {error.InnerException?.Message.Split('\n')[0].Trim() ?? error.Message}.")];
        }
    }
}
