using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using SreBot.Adapters.Chat;

namespace SreBot.Adapters.Slack;

/// <summary>Brings a reply's charts, as pictures, and its files into a thread, all in one message. What fails is told in words in the same thread.</summary>
internal sealed partial class SlackUploader(SlackApi api, IChartPainter painter, TimeProvider time, ILogger<SlackUploader> log)
{
    private const int LongestAlternative = 1000;
    private const int LongestName = 60;

    /// <summary>Each under a name of its own.</summary>
    public IReadOnlyList<SlackUpload> Prepare(ChatReply reply)
    {
        var uploads = reply.Blocks.Select(Prepare).OfType<SlackUpload>().ToList();
        return [.. uploads.Select((upload, index) => uploads.Take(index).Count(other => other.Name == upload.Name) is > 0 and var before ? upload with { Name = $"{before + 1}-{upload.Name}" } : upload)];
    }

    /// <param name="thread">Its <see cref="ChatAddress.Thread"/> is set.</param>
    /// <param name="head">The message that the files belong to.</param>
    public async Task AddAsync(ChatAddress thread, string head, IReadOnlyList<SlackUpload> uploads, CancellationToken cancel)
    {
        var sent = new JsonArray();
        var arrived = new List<SlackUpload>();
        foreach (var upload in uploads)
        {
            if (await SendAsync(thread.Workspace, upload, cancel) is { } id)
            {
                sent.Add((JsonNode)new JsonObject { ["id"] = id, ["title"] = upload.Title });
                arrived.Add(upload);
            }
            else
            {
                await TellAsync(thread, head, upload, cancel);
            }
        }
        if (sent.Count > 0 && !await ShareAsync(thread, sent, cancel))
        {
            foreach (var upload in arrived)
                await TellAsync(thread, head, upload, cancel);
        }
    }

    private SlackUpload? Prepare(ReplyBlock block) => block switch
    {
        ReplyChart chart => new(FileName(chart.Title), chart.Title, SlackText.Cut(chart.AlternativeText, LongestAlternative), () => painter.PaintPng(chart)),
        ReplyBars bars => new(FileName(bars.Title), bars.Title, SlackText.Cut(bars.AlternativeText, LongestAlternative), () => painter.PaintPng(bars)),
        ReplyFile file => new(string.IsNullOrWhiteSpace(file.Name) ? "file" : file.Name, file.Name, null, () => file.Content),
        _ => null,
    };

    /// <summary>The file's id on Slack; null when it did not get there.</summary>
    private async Task<string?> SendAsync(string workspace, SlackUpload upload, CancellationToken cancel)
    {
        try
        {
            var content = upload.Content();
            var arguments = new Dictionary<string, string> { ["filename"] = upload.Name, ["length"] = content.Length.ToString(CultureInfo.InvariantCulture) };
            if (upload.Alternative is { Length: > 0 } alternative)
                arguments["alt_txt"] = alternative;
            var place = await RepeatAsync(() => api.CallAsync(workspace, "files.getUploadURLExternal", arguments, cancel), isSafeToRepeat: true, cancel);
            if (place is null || place.Body.Text("file_id") is not { } id || !Uri.TryCreate(place.Body.Text("upload_url"), UriKind.Absolute, out var address))
                return null;
            return await RepeatAsync(() => api.UploadAsync(address, content, cancel), isSafeToRepeat: true, cancel) is null ? null : id;
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            LogNotPainted(error, upload.Name);
            return null;
        }
    }

    /// <summary>True when the files are there, or may be: to share them again could show them twice.</summary>
    private async Task<bool> ShareAsync(ChatAddress thread, JsonArray files, CancellationToken cancel)
    {
        var arguments = new Dictionary<string, string> { ["files"] = files.ToJsonString(SlackJson.Compact), ["channel_id"] = thread.Channel, ["thread_ts"] = thread.Thread! };
        return await RepeatAsync(() => api.CallAsync(thread.Workspace, "files.completeUploadExternal", arguments, cancel), isSafeToRepeat: false, cancel) is not null;
    }

    private async Task<SlackResult.Ok?> RepeatAsync(Func<Task<SlackResult>> call, bool isSafeToRepeat, CancellationToken cancel)
    {
        var result = await SlackRetry.CallAsync(call, isSafeToRepeat, time, cancel);
        if (result is not SlackResult.Ok)
            LogNotUploaded(result is SlackResult.Refused no ? no.Why : ((SlackResult.Unavailable)result).Why);
        return result as SlackResult.Ok;
    }

    private Task TellAsync(ChatAddress thread, string head, SlackUpload upload, CancellationToken cancel) =>
        SlackRetry.CallAsync(() => api.CallAsync(thread.Workspace, "chat.postMessage", new Dictionary<string, string>
        {
            ["channel"] = thread.Channel,
            ["thread_ts"] = thread.Thread!,
            ["text"] = SlackText.Cut($"\"{upload.Title}\" could not be uploaded. {upload.Alternative}".TrimEnd(), SlackBlocks.LongestSummary),
            ["metadata"] = SlackMetadata.Lost(head, upload.Name),
        }, cancel), isSafeToRepeat: false, time, cancel);

    private static string FileName(string title)
    {
        var words = title.Split([.. title.Where(letter => !char.IsAsciiLetterOrDigit(letter)).Distinct()], StringSplitOptions.RemoveEmptyEntries);
        var name = string.Join('-', words).ToLowerInvariant();
        return $"{(name.Length == 0 ? "chart" : name[..Math.Min(name.Length, LongestName)])}.png";
    }

    [LoggerMessage(LogLevel.Warning, "A file was not uploaded: {Why}")]
    private partial void LogNotUploaded(string why);

    [LoggerMessage(LogLevel.Warning, "{Name} could not be made or sent")]
    private partial void LogNotPainted(Exception error, string name);
}
