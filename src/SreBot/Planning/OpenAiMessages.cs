using System.Text.Json;
using Microsoft.Extensions.AI;
using OpenAI.Chat;
using ChatMessage = Microsoft.Extensions.AI.ChatMessage;

namespace SreBot.Planning;

/// <summary>Messages in the form of chat completions, and back.</summary>
internal static class OpenAiMessages
{
    public static IEnumerable<OpenAI.Chat.ChatMessage> From(IEnumerable<ChatMessage> messages)
    {
        foreach (var message in messages)
        {
            if (message.Role == ChatRole.System)
                yield return new SystemChatMessage(message.Text);
            else if (message.Role == ChatRole.User)
                yield return new UserChatMessage(message.Text);
            else if (message.Role == ChatRole.Assistant)
                yield return FromAssistant(message);
            foreach (var result in message.Contents.OfType<FunctionResultContent>())
            {
                yield return new ToolChatMessage(result.CallId, result.Result as string ?? "");
            }
        }
    }

    /// <exception cref="JsonException">A call's arguments are no JSON object.</exception>
    public static ChatMessage ToMessage(ChatCompletion completion)
    {
        var contents = new List<AIContent>();
        var text = string.Concat(completion.Content.Select(part => part.Text));
        if (text.Length > 0)
            contents.Add(new TextContent(text));
        foreach (var call in completion.ToolCalls)
        {
            contents.Add(new FunctionCallContent(call.Id, call.FunctionName, Arguments(call.FunctionArguments)));
        }

        return new ChatMessage(ChatRole.Assistant, contents);
    }

    private static AssistantChatMessage FromAssistant(ChatMessage message)
    {
        var calls = message.Contents.OfType<FunctionCallContent>().Select(call => ChatToolCall.CreateFunctionToolCall(call.CallId, call.Name, BinaryData.FromString(JsonSerializer.Serialize(call.Arguments ?? new Dictionary<string, object?>())))).ToList();
        if (calls.Count == 0)
            return new AssistantChatMessage(message.Text.Length == 0 ? "…" : message.Text);

        var assistant = new AssistantChatMessage(calls);
        if (message.Text.Length > 0)
            assistant.Content.Add(ChatMessageContentPart.CreateTextPart(message.Text));
        return assistant;
    }

    private static Dictionary<string, object?> Arguments(BinaryData json) => json.ToMemory().Length == 0
        ? []
        : JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(json)?.Where(argument => argument.Value.ValueKind != JsonValueKind.Null).ToDictionary(argument => argument.Key, argument => (object?)argument.Value) ?? [];
}
