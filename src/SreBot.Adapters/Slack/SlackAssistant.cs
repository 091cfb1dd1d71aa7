using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using SreBot.Adapters.Chat;

namespace SreBot.Adapters.Slack;

/// <summary>A conversation of the person and the bot alone: what to ask first, and what it is called (docs.slack.dev/ai).</summary>
internal sealed partial class SlackAssistant(SlackApi api, ILogger<SlackAssistant> log, IChatHome? home = null)
{
    private const int MostPrompts = 4;
    private const int LongestTitle = 60;

    /// <summary>Threads that wait for their first question; a few are forgotten without harm.</summary>
    private const int MostWaiting = 1000;

    private readonly ConcurrentDictionary<string, bool> _waiting = new();

    /// <summary>Workspaces where the app may not name threads: asked once, not at every message.</summary>
    private readonly ConcurrentDictionary<string, bool> _nameless = new();

    public async Task SuggestAsync(ChatAddress thread, ChatUser user, CancellationToken cancel)
    {
        if (_waiting.Count >= MostWaiting)
            _waiting.Clear();
        _waiting[thread.ToConversation()] = true;
        if (home is null || await home.SuggestAsync(user, cancel) is not { Count: > 0 } prompts)
            return;
        await TellAsync("assistant.threads.setSuggestedPrompts", thread, "prompts",
            JsonSerializer.Serialize(prompts.Take(MostPrompts).Select(prompt => new { title = SlackText.Cut(prompt.Title, LongestTitle), message = prompt.Text }), SlackJson.Compact), cancel);
    }

    /// <summary>Names the thread after its first question, whether Slack told of the thread or not.</summary>
    public async Task NameAsync(ChatTurn said, CancellationToken cancel)
    {
        var isFirst = said.Address.Thread == said.MessageId || _waiting.TryRemove(said.Address.ToConversation(), out _);
        var title = SlackText.Cut(said.Text.ReplaceLineEndings(" ").Trim(), LongestTitle);
        if (isFirst && title.Length > 0 && !_nameless.ContainsKey(said.Address.Workspace))
            await TellAsync("assistant.threads.setTitle", said.Address, "title", title, cancel);
    }

    private async Task TellAsync(string method, ChatAddress thread, string name, string value, CancellationToken cancel)
    {
        var result = await api.CallAsync(thread.Workspace, method, new Dictionary<string, string> { ["channel_id"] = thread.Channel, ["thread_ts"] = thread.Thread!, [name] = value }, cancel);
        if (result is SlackResult.Ok)
            return;
        if (result is SlackResult.Refused { Error: "missing_scope" or "not_allowed_token_type" or "unknown_method" or "feature_not_enabled" })
            _nameless[thread.Workspace] = true;
        LogNotTold(method, result);
    }

    [LoggerMessage(LogLevel.Debug, "{Method} did nothing: {Result}")]
    private partial void LogNotTold(string method, SlackResult result);
}
