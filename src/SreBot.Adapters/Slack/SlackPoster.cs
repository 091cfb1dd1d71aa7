using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using SreBot.Adapters.Chat;

namespace SreBot.Adapters.Slack;

/// <summary>Posts and edits messages on Slack. A message's id is its <c>ts</c>.</summary>
internal sealed partial class SlackPoster(SlackApi api, SlackUploader uploads, SlackFinder finder, PublicAddress links, ILogger<SlackPoster> log) : IChatPoster
{
    private const int LongestStatus = 100;
    private const string SeeDirect = "The whole answer, with its files, is in our direct conversation.";

    public string Platform => SlackEnvelope.Platform;

    public async Task<PostOutcome> PostAsync(ChatAddress address, ChatReply reply, string key, CancellationToken cancel)
    {
        var message = Message(address, reply);
        message["metadata"] = SlackFinder.Metadata(key);
        var result = await api.CallAsync("chat.postMessage", message, cancel);
        if (result is not SlackResult.Ok posted || posted.Body.Text("ts") is not { } ts)
            return Failure(result);
        try
        {
            await uploads.AddAsync(address with { Thread = address.Thread ?? ts }, reply, cancel);
        }
        catch (Exception error)
        {
            LogUploadFailed(error, address.ToTarget()); // the message is there: to report a failure would post it twice
        }
        return new PostOutcome.Posted(ts);
    }

    public async Task<PostOutcome> UpdateAsync(ChatAddress address, string messageId, ChatReply reply, CancellationToken cancel)
    {
        var message = Message(address with { Thread = null }, reply);
        message["ts"] = messageId;
        message.Remove("unfurl_links");
        message.Remove("unfurl_media");
        var result = await api.CallAsync("chat.update", message, cancel);
        return result is SlackResult.Ok ? new PostOutcome.Posted(messageId) : Failure(result);
    }

    public async Task<PostOutcome> PostPrivateAsync(ChatAddress address, ChatUser user, ChatReply reply, string key, CancellationToken cancel)
    {
        if (address.Channel.StartsWith('D'))
            return await PostAsync(address, reply, key, cancel);
        if (reply.Blocks.Any(block => block is ReplyChart or ReplyBars or ReplyFile)) // a file in a channel is everyone's
        {
            var direct = await PostDirectAsync(address, user, reply, key, cancel);
            if (direct is PostOutcome.Posted)
                await PostEphemeralAsync(address, user, ChatReply.Of(SeeDirect), cancel);
            return direct;
        }
        var result = await PostEphemeralAsync(address, user, reply, cancel);
        return result switch
        {
            SlackResult.Ok ok => new PostOutcome.Posted(ok.Body.Text("message_ts") ?? ""),
            SlackResult.Refused { Error: "not_in_channel" or "user_not_in_channel" or "channel_not_found" } => await PostDirectAsync(address, user, reply, key, cancel),
            _ => Failure(result),
        };
    }

    public Task<string?> FindAsync(ChatAddress address, string key, DateTimeOffset since, CancellationToken cancel) => finder.FindAsync(address, key, since, cancel);

    public async Task ShowProgressAsync(ChatAddress address, string text, CancellationToken cancel)
    {
        if (address.Thread is not { } thread)
            return;
        var result = await api.CallAsync("assistant.threads.setStatus", new Dictionary<string, string>
        {
            ["channel_id"] = address.Channel,
            ["thread_ts"] = thread,
            ["status"] = SlackText.Cut(text, LongestStatus),
        }, cancel);
        if (result is not SlackResult.Ok)
            LogProgressLost(result);
    }

    private Task<SlackResult> PostEphemeralAsync(ChatAddress address, ChatUser user, ChatReply reply, CancellationToken cancel)
    {
        var message = Message(address, reply);
        message["user"] = user.Id;
        message.Remove("unfurl_links");
        message.Remove("unfurl_media");
        return api.CallAsync("chat.postEphemeral", message, cancel);
    }

    private async Task<PostOutcome> PostDirectAsync(ChatAddress address, ChatUser user, ChatReply reply, string key, CancellationToken cancel)
    {
        var result = await api.CallAsync("conversations.open", new Dictionary<string, string> { ["users"] = user.Id }, cancel);
        return result is SlackResult.Ok opened && opened.Body.Text("channel", "id") is { } direct
            ? await PostAsync(address with { Channel = direct, Thread = null }, reply, key, cancel)
            : Failure(result);
    }

    private Dictionary<string, string> Message(ChatAddress address, ChatReply reply)
    {
        var message = new Dictionary<string, string>
        {
            ["channel"] = address.Channel,
            ["text"] = SlackBlocks.Summary(reply),
            ["blocks"] = SlackBlocks.Render(reply, links).ToJsonString(SlackJson.Compact),
            ["unfurl_links"] = "false",
            ["unfurl_media"] = "false",
        };
        if (address.Thread is { } thread)
            message["thread_ts"] = thread;
        return message;
    }

    private static PostOutcome Failure(SlackResult result) => result switch
    {
        SlackResult.Unavailable later => new PostOutcome.TryAgain(later.Why, later.After, later.IsUncertain),
        SlackResult.Refused never => new PostOutcome.GaveUp(never.Why),
        _ => new PostOutcome.TryAgain("Slack's answer does not name the message.", null, IsUncertain: true),
    };

    [LoggerMessage(LogLevel.Warning, "A file for {Target} was not uploaded; its message stands")]
    private partial void LogUploadFailed(Exception error, string target);

    [LoggerMessage(LogLevel.Debug, "Progress was not shown: {Result}")]
    private partial void LogProgressLost(SlackResult result);
}
