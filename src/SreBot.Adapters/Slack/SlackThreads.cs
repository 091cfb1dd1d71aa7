using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using SreBot.Adapters.Chat;

namespace SreBot.Adapters.Slack;

/// <summary>Brings what a message cannot hold into its thread: the parts of a long reply, then its charts and files. What is there already is edited or left as it is, so that doing it again is the same as doing it once.</summary>
internal sealed partial class SlackThreads(SlackApi api, SlackUploader uploads, SlackFinder finder, TimeProvider time, ILogger<SlackThreads> log)
{
    private const int MostRemembered = 10_000;

    /// <summary>What the threads hold, as far as this process brought it; read from Slack where it did not.</summary>
    private readonly ConcurrentDictionary<string, SlackRest> _known = new();

    /// <summary>Brings the rest of a message that was just posted.</summary>
    /// <returns>Null when it is all there, or when Slack will never take it, which is logged; else why to try again.</returns>
    public Task<SlackResult.Unavailable?> AddAsync(ChatAddress thread, string head, IReadOnlyList<SlackPart> parts, IReadOnlyList<SlackUpload> files, CancellationToken cancel) =>
        BringAsync(thread, head, parts, files, SlackRest.None, cancel);

    /// <summary>Makes the thread fit to a message that was edited, or whose rest was interrupted.</summary>
    public async Task<PostOutcome> ReplaceAsync(ChatAddress thread, string head, IReadOnlyList<SlackPart> parts, IReadOnlyList<SlackUpload> files, CancellationToken cancel)
    {
        try
        {
            if (!_known.TryGetValue(Name(thread, head), out var known))
                known = parts.Count == 1 && files.Count == 0 ? SlackRest.None : await finder.ReadRestAsync(thread, head, cancel) ?? SlackRest.None;
            return await BringAsync(thread, head, parts, files, known, cancel) is { } later ? new PostOutcome.TryAgain(later.Why, later.After, later.IsUncertain) : new PostOutcome.Posted(head);
        }
        catch (HttpRequestException error) // what is there could not be asked
        {
            return new PostOutcome.TryAgain(error.Message, null, IsUncertain: true);
        }
    }

    private async Task<SlackResult.Unavailable?> BringAsync(ChatAddress thread, string head, IReadOnlyList<SlackPart> parts, IReadOnlyList<SlackUpload> files, SlackRest known, CancellationToken cancel)
    {
        var name = Name(thread, head);
        _known.TryRemove(name, out _);
        var there = new Dictionary<int, (string Ts, string? Digest)>();
        for (var number = 2; number <= parts.Count; number++)
        {
            if (known.Parts.TryGetValue(number, out var old) && old.Digest == parts[number - 1].Digest)
            {
                there[number] = old;
                continue;
            }
            switch (await BringAsync(thread, head, number, parts[number - 1], old.Ts, cancel))
            {
                case SlackResult.Ok ok:
                    there[number] = (ok.Body.Text("ts") ?? "", parts[number - 1].Digest);
                    break;
                case SlackResult.Unavailable later:
                    return later;
                case SlackResult.Refused no:
                    LogRefused(number, parts.Count, thread.ToTarget(), no.Why);
                    break;
            }
        }
        foreach (var (number, part) in known.Parts.Where(part => part.Key > parts.Count))
            await CallAsync("chat.delete", thread, new() { ["ts"] = part.Ts }, cancel);

        var missing = files.Where(file => !known.Files.Contains(file.Name)).ToList();
        await AddFilesAsync(thread, head, missing, cancel);
        Remember(name, new(there, [.. known.Files, .. missing.Select(file => file.Name)]));
        return null;
    }

    /// <param name="ts">Of the message that shows an older text of this part; null when there is none.</param>
    private Task<SlackResult> BringAsync(ChatAddress thread, string head, int number, SlackPart part, string? ts, CancellationToken cancel)
    {
        var message = new Dictionary<string, string> { ["text"] = part.Text, ["blocks"] = part.Blocks, ["metadata"] = SlackMetadata.Part(head, number, part) };
        if (ts is not null)
        {
            message["ts"] = ts;
            return CallAsync("chat.update", thread, message, cancel);
        }
        message["thread_ts"] = thread.Thread!;
        message["unfurl_links"] = message["unfurl_media"] = "false";
        return CallAsync("chat.postMessage", thread, message, cancel);
    }

    private async Task AddFilesAsync(ChatAddress thread, string head, IReadOnlyList<SlackUpload> files, CancellationToken cancel)
    {
        try
        {
            await uploads.AddAsync(thread, head, files, cancel);
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            LogUploadFailed(error, thread.ToTarget());
        }
    }

    private Task<SlackResult> CallAsync(string method, ChatAddress thread, Dictionary<string, string> message, CancellationToken cancel)
    {
        message["channel"] = thread.Channel;
        return SlackRetry.CallAsync(() => api.CallAsync(thread.Workspace, method, message, cancel), isSafeToRepeat: method != "chat.postMessage", time, cancel);
    }

    private void Remember(string name, SlackRest rest)
    {
        if (rest.Parts.Count == 0 && rest.Files.Count == 0)
            return;
        if (_known.Count >= MostRemembered)
            _known.Clear();
        _known[name] = rest;
    }

    private static string Name(ChatAddress thread, string head) => $"{thread.ToTarget()} {head}";

    [LoggerMessage(LogLevel.Error, "Slack does not take message {Number} of {Count} of an answer in {Target}: {Why}")]
    private partial void LogRefused(int number, int count, string target, string why);

    [LoggerMessage(LogLevel.Warning, "A file for {Target} was not uploaded; its message stands")]
    private partial void LogUploadFailed(Exception error, string target);
}
