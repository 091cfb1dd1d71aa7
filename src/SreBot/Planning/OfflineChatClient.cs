using Microsoft.Extensions.AI;

namespace SreBot.Planning;

/// <summary>A chat client without a model: rules map the question to one tool call, and what the tool returns is the answer.</summary>
internal sealed class OfflineChatClient : IChatClient
{
    public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        var all = messages.ToList();
        if (all.Count > 0 && all[^1].Role == ChatRole.Tool)
            return Task.FromResult(new ChatResponse(new ChatMessage(ChatRole.Assistant, "")));

        var said = all.Where(message => message.Role == ChatRole.User).Select(message => message.Text).ToList();
        var call = OfflineRules.Read(said[^1], said[..^1], [.. (options?.Tools ?? []).Select(tool => tool.Name)]);
        AIContent content = call.Tool is null
            ? new TextContent(call.Text ?? "")
            : new FunctionCallContent("call_1", call.Tool, call.Arguments.ToDictionary(argument => argument.Key, argument => argument.Value));
        return Task.FromResult(new ChatResponse(new ChatMessage(ChatRole.Assistant, [content])));
    }

    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        foreach (var update in (await GetResponseAsync(messages, options, cancellationToken)).ToChatResponseUpdates())
        {
            yield return update;
        }
    }

    public object? GetService(Type serviceType, object? serviceKey = null) => serviceKey is null && serviceType.IsInstanceOfType(this) ? this : null;

    public void Dispose()
    {
        // holds nothing
    }
}
