using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using SreBot.Adapters.Chat;

namespace SreBot.Adapters.Slack;

/// <summary>Finds a message by the key in its metadata, which people do not see.</summary>
internal sealed partial class SlackFinder(SlackApi api, TimeProvider time, ILogger<SlackFinder> log)
{
    private const string KeyEvent = "posted_by_key";
    private const int MostPages = 10;
    private const int MostAttempts = 3;

    /// <summary>Between Slack's clock and ours.</summary>
    private static readonly TimeSpan ClockSkew = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(30);

    public static string Metadata(string key) =>
        new JsonObject { ["event_type"] = KeyEvent, ["event_payload"] = new JsonObject { ["key"] = key } }.ToJsonString(SlackJson.Compact);

    /// <summary>Null when it is not there, or when the app may not read the channel.</summary>
    /// <exception cref="HttpRequestException">Slack could not be asked now: nothing is known, so nothing should be sent again yet.</exception>
    public async Task<string?> FindAsync(ChatAddress address, string key, DateTimeOffset since, CancellationToken cancel)
    {
        var arguments = new Dictionary<string, string>
        {
            ["channel"] = address.Channel,
            ["include_all_metadata"] = "true",
            ["inclusive"] = "true",
            ["limit"] = "200",
            ["oldest"] = ((since - ClockSkew).ToUnixTimeMilliseconds() / 1000m).ToString("0.000000", CultureInfo.InvariantCulture),
        };
        if (address.Thread is { } thread)
            arguments["ts"] = thread;
        var method = address.Thread is null ? "conversations.history" : "conversations.replies";
        for (var page = 0; page < MostPages; page++)
        {
            if (await ReadAsync(method, arguments, cancel) is not { } body)
                return null;
            if (body.Items("messages").Where(message => IsKeyed(message, key)).Select(message => message.Text("ts")).FirstOrDefault() is { } ts)
                return ts;
            if (body.Text("response_metadata", "next_cursor") is not { } cursor)
                return null;
            arguments["cursor"] = cursor;
        }
        return null;
    }

    private async Task<JsonElement?> ReadAsync(string method, Dictionary<string, string> arguments, CancellationToken cancel)
    {
        for (var attempt = 1; ; attempt++)
        {
            switch (await api.CallAsync(method, arguments, cancel))
            {
                case SlackResult.Ok ok:
                    return ok.Body;
                case SlackResult.Refused no:
                    LogCannotTell(no.Why);
                    return null;
                case SlackResult.Unavailable later when attempt < MostAttempts && (later.After ?? TimeSpan.Zero) <= LongestWait:
                    await Task.Delay(later.After ?? TimeSpan.FromSeconds(attempt), time, cancel);
                    break;
                case SlackResult.Unavailable later:
                    throw new HttpRequestException(later.Why);
            }
        }
    }

    private static bool IsKeyed(JsonElement message, string key) =>
        message.Text("metadata", "event_type") == KeyEvent && message.Text("metadata", "event_payload", "key") == key;

    [LoggerMessage(LogLevel.Warning, "An uncertain message could not be looked up: {Why}")]
    private partial void LogCannotTell(string why);
}
