using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using SreBot.Adapters.Chat;

namespace SreBot.Adapters.Slack;

/// <summary>Finds messages by the key in their metadata, which people do not see.</summary>
internal sealed partial class SlackFinder(SlackApi api, TimeProvider time, ILogger<SlackFinder> log)
{
    private const int MostPages = 10;

    /// <summary>Between Slack's clock and ours.</summary>
    private static readonly TimeSpan ClockSkew = TimeSpan.FromMinutes(1);

    /// <summary>Null when it is not there, or when the app may not read the channel.</summary>
    /// <exception cref="HttpRequestException">Slack could not be asked now: nothing is known, so nothing should be sent again yet.</exception>
    public async Task<SlackHead?> FindAsync(ChatAddress address, string key, DateTimeOffset since, CancellationToken cancel)
    {
        var oldest = ((since - ClockSkew).ToUnixTimeMilliseconds() / 1000m).ToString("0.000000", CultureInfo.InvariantCulture);
        SlackHead? head = null;
        await ReadAsync(address, oldest, message =>
        {
            if (head is null && SlackMetadata.Key(message) == key && message.Text("ts") is { } ts)
                head = SlackMetadata.ReadHead(message, ts);
            return head is null;
        }, cancel);
        return head;
    }

    /// <summary>What belongs to a message and stands in the thread; null when the app may not read it.</summary>
    /// <param name="thread">Its <see cref="ChatAddress.Thread"/> is set.</param>
    /// <exception cref="HttpRequestException">Slack could not be asked now.</exception>
    public async Task<SlackRest?> ReadRestAsync(ChatAddress thread, string head, CancellationToken cancel)
    {
        var parts = new Dictionary<int, (string, string?)>();
        var files = new List<string>();
        var isRead = await ReadAsync(thread, head, message =>
        {
            files.AddRange(message.Items("files").Select(file => file.Text("name")).OfType<string>());
            if (SlackMetadata.Key(message) is { } key && message.Text("ts") is { } ts)
            {
                if (key.StartsWith(SlackMetadata.LostKey(head, ""), StringComparison.Ordinal))
                    files.Add(key[SlackMetadata.LostKey(head, "").Length..]);
                else if (key.StartsWith($"{head}#", StringComparison.Ordinal) && int.TryParse(key[(head.Length + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var number))
                    parts[number] = (ts, SlackMetadata.Digest(message));
            }
            return true;
        }, cancel);
        return isRead ? new(parts, files) : null;
    }

    /// <param name="take">False: enough.</param>
    /// <returns>False when the app may not read there.</returns>
    private async Task<bool> ReadAsync(ChatAddress address, string oldest, Func<JsonElement, bool> take, CancellationToken cancel)
    {
        var arguments = new Dictionary<string, string>
        {
            ["channel"] = address.Channel,
            ["include_all_metadata"] = "true",
            ["inclusive"] = "true",
            ["limit"] = "200",
            ["oldest"] = oldest,
        };
        if (address.Thread is { } thread)
            arguments["ts"] = thread;
        var method = address.Thread is null ? "conversations.history" : "conversations.replies";
        for (var page = 0; page < MostPages; page++)
        {
            if (await ReadPageAsync(address.Workspace, method, arguments, cancel) is not { } body)
                return false;
            if (!body.Items("messages").All(take) || body.Text("response_metadata", "next_cursor") is not { } cursor)
                return true;
            arguments["cursor"] = cursor;
        }
        return true;
    }

    private async Task<JsonElement?> ReadPageAsync(string workspace, string method, Dictionary<string, string> arguments, CancellationToken cancel)
    {
        switch (await SlackRetry.CallAsync(() => api.CallAsync(workspace, method, arguments, cancel), isSafeToRepeat: true, time, cancel))
        {
            case SlackResult.Ok ok:
                return ok.Body;
            case SlackResult.Unavailable later:
                throw new HttpRequestException(later.Why);
            case SlackResult.Refused { Error: "thread_not_found" }:
                return JsonSerializer.SerializeToElement(new { });
            case SlackResult.Refused no:
                LogCannotTell(no.Why);
                break;
        }
        return null;
    }

    [LoggerMessage(LogLevel.Warning, "An uncertain message could not be looked up: {Why}")]
    private partial void LogCannotTell(string why);
}
