using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using SreBot.Adapters.Chat;

namespace SreBot.Adapters.Slack;

/// <summary>Posts and edits messages on Slack. A message's id is its <c>ts</c>; what it cannot hold follows in its thread.</summary>
internal sealed partial class SlackPoster(SlackApi api, SlackUploader uploads, SlackThreads threads, SlackFinder finder, SlackOrder order, PublicAddress links, TimeProvider time, ILogger<SlackPoster> log) : IChatPoster
{
    private const int LongestStatus = 100;
    private const string SeeDirect = "The whole answer is in our direct conversation.";

    /// <summary>How long ago an earlier attempt at a private answer may have been made.</summary>
    private static readonly TimeSpan LookBack = TimeSpan.FromHours(1);

    /// <summary>Messages that stand without all that belongs to them, by place and key: the next post under that key finishes them.</summary>
    private readonly ConcurrentDictionary<string, SlackHead> _unfinished = new();

    public string Platform => SlackEnvelope.Platform;

    public Task<PostOutcome> PostAsync(ChatAddress address, ChatReply reply, string key, CancellationToken cancel) =>
        order.InTurnAsync(address.ToConversation(), () => PostInTurnAsync(address, reply, key, cancel), cancel);

    public Task<PostOutcome> UpdateAsync(ChatAddress address, string messageId, ChatReply reply, CancellationToken cancel) =>
        order.InTurnAsync($"{address.ToTarget()}/{messageId}", () => UpdateInTurnAsync(address, messageId, reply, metadata: null, cancel), cancel);

    public async Task<PostOutcome> PostPrivateAsync(ChatAddress address, ChatUser user, ChatReply reply, string key, CancellationToken cancel)
    {
        if (address.Channel.StartsWith('D'))
            return await PostAsync(address, reply, key, cancel);
        var parts = SlackPart.Of(reply, links, saysSo: false);
        if (parts.Count > 1 || uploads.Prepare(reply).Count > 0) // a file in a channel is everyone's, and what only one person sees there cannot be found again
        {
            var direct = await PostDirectAsync(address, user, reply, key, cancel);
            if (direct is PostOutcome.Posted)
                await PostEphemeralAsync(address, user, SlackPart.Of(ChatReply.Of(SeeDirect), links, saysSo: false)[0], cancel);
            return direct;
        }
        var result = await PostEphemeralAsync(address, user, parts[0], cancel);
        return result switch
        {
            SlackResult.Ok ok => new PostOutcome.Posted(ok.Body.Text("message_ts") ?? ""),
            SlackResult.Refused { Error: "not_in_channel" or "user_not_in_channel" or "channel_not_found" } => await PostDirectAsync(address, user, reply, key, cancel),
            _ => Failure(result),
        };
    }

    /// <summary>A message whose thread lacks something counts as not there: to post it again adds what is missing.</summary>
    public async Task<string?> FindAsync(ChatAddress address, string key, DateTimeOffset since, CancellationToken cancel)
    {
        if (await finder.FindAsync(address, key, since, cancel) is not { } head)
            return null;
        if (head.IsAlone || await finder.ReadRestAsync(address with { Thread = address.Thread ?? head.Ts }, head.Ts, cancel) is not { } rest || head.IsWhole(rest))
            return head.Ts;
        _unfinished[Name(address, key)] = head;
        return null;
    }

    public async Task ShowProgressAsync(ChatAddress address, string text, CancellationToken cancel)
    {
        if (address.Thread is not { } thread)
            return;
        var result = await api.CallAsync(address.Workspace, "assistant.threads.setStatus", new Dictionary<string, string>
        {
            ["channel_id"] = address.Channel,
            ["thread_ts"] = thread,
            ["status"] = SlackText.Cut(text, LongestStatus),
        }, cancel);
        if (result is not SlackResult.Ok)
            LogProgressLost(result);
    }

    /// <summary>Only where the person and the bot are alone: in a channel it would ring for everyone.</summary>
    public IChatStream? OpenStream(ChatTurn turn) => turn is { IsDirect: true, Address.Thread: not null } ? new SlackStream(turn.Address, api, uploads, threads, this, links, log) : null;

    private async Task<PostOutcome> PostInTurnAsync(ChatAddress address, ChatReply reply, string key, CancellationToken cancel)
    {
        var parts = SlackPart.Of(reply, links, saysSo: address.Thread is null);
        var files = uploads.Prepare(reply);
        var metadata = SlackMetadata.Head(key, parts, files.Select(file => file.Name));
        if (_unfinished.TryGetValue(Name(address, key), out var head))
            return await FinishAsync(address, reply, key, head, metadata, cancel);

        var message = Message(address, parts[0]);
        message["metadata"] = metadata;
        message["unfurl_links"] = message["unfurl_media"] = "false";
        var result = await api.CallAsync(address.Workspace, "chat.postMessage", message, cancel);
        if (result is not SlackResult.Ok posted || posted.Body.Text("ts") is not { } ts)
            return Failure(result);
        if (parts.Count == 1 && files.Count == 0)
            return new PostOutcome.Posted(ts);
        _unfinished[Name(address, key)] = new(ts, parts[0].Digest, parts.Count, [.. files.Select(file => file.Name)]);
        if (await threads.AddAsync(address with { Thread = address.Thread ?? ts }, ts, parts, files, cancel) is { } later)
            return new PostOutcome.TryAgain(later.Why, later.After, IsUncertain: true);
        _unfinished.TryRemove(Name(address, key), out _);
        return new PostOutcome.Posted(ts);
    }

    /// <summary>The message stands: it is made to say what the reply says now, and what is missing behind it is added.</summary>
    private async Task<PostOutcome> FinishAsync(ChatAddress address, ChatReply reply, string key, SlackHead head, string metadata, CancellationToken cancel)
    {
        var outcome = await UpdateInTurnAsync(address, head.Ts, reply, metadata, cancel);
        if (outcome is PostOutcome.TryAgain again)
            return again with { IsUncertain = true };
        _unfinished.TryRemove(Name(address, key), out _);
        return outcome;
    }

    /// <param name="metadata">Null: as it was.</param>
    private async Task<PostOutcome> UpdateInTurnAsync(ChatAddress address, string ts, ChatReply reply, string? metadata, CancellationToken cancel)
    {
        var parts = SlackPart.Of(reply, links, saysSo: address.Thread is null);
        var message = Message(address with { Thread = null }, parts[0]);
        message["ts"] = ts;
        if (metadata is not null)
            message["metadata"] = metadata;
        var result = await api.CallAsync(address.Workspace, "chat.update", message, cancel);
        return result is SlackResult.Ok ? await threads.ReplaceAsync(address with { Thread = address.Thread ?? ts }, ts, parts, uploads.Prepare(reply), cancel) : Failure(result);
    }

    private Task<SlackResult> PostEphemeralAsync(ChatAddress address, ChatUser user, SlackPart part, CancellationToken cancel)
    {
        var message = Message(address, part);
        message["user"] = user.Id;
        return api.CallAsync(address.Workspace, "chat.postEphemeral", message, cancel);
    }

    /// <summary>An earlier attempt is looked up, since whoever asked can look only at the place where it was asked.</summary>
    private async Task<PostOutcome> PostDirectAsync(ChatAddress address, ChatUser user, ChatReply reply, string key, CancellationToken cancel)
    {
        var result = await api.CallAsync(address.Workspace, "conversations.open", new Dictionary<string, string> { ["users"] = user.Id }, cancel);
        if (result is not SlackResult.Ok opened || opened.Body.Text("channel", "id") is not { } direct)
            return Failure(result);
        var place = address with { Channel = direct, Thread = null };
        try
        {
            return await FindAsync(place, key, time.GetUtcNow() - LookBack, cancel) is { } there ? new PostOutcome.Posted(there) : await PostAsync(place, reply, key, cancel);
        }
        catch (HttpRequestException error)
        {
            return new PostOutcome.TryAgain(error.Message, null, IsUncertain: true);
        }
    }

    private static Dictionary<string, string> Message(ChatAddress address, SlackPart part)
    {
        var message = new Dictionary<string, string> { ["channel"] = address.Channel, ["text"] = part.Text, ["blocks"] = part.Blocks };
        if (address.Thread is { } thread)
            message["thread_ts"] = thread;
        return message;
    }

    private static string Name(ChatAddress address, string key) => $"{address.ToConversation()} {key}";

    private static PostOutcome Failure(SlackResult result) => result switch
    {
        SlackResult.Unavailable later => new PostOutcome.TryAgain(later.Why, later.After, later.IsUncertain),
        SlackResult.Refused never => new PostOutcome.GaveUp(never.Why),
        _ => new PostOutcome.TryAgain("Slack's answer does not name the message.", null, IsUncertain: true),
    };

    [LoggerMessage(LogLevel.Debug, "Progress was not shown: {Result}")]
    private partial void LogProgressLost(SlackResult result);
}
