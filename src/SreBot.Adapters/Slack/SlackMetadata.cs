using System.Text.Json;
using System.Text.Json.Nodes;

namespace SreBot.Adapters.Slack;

/// <summary>What a message says of itself where people do not see it, so that it can be found again (docs.slack.dev/messaging/message-metadata).</summary>
internal static class SlackMetadata
{
    private const string KeyEvent = "posted_by_key";

    /// <summary>Of a message that stands for a key; what else belongs to it is named, so that it can be told whether all of it is there.</summary>
    public static string Head(string key, IReadOnlyList<SlackPart> parts, IEnumerable<string> files)
    {
        var payload = new JsonObject { ["key"] = key };
        var names = new JsonArray([.. files.Select(name => (JsonNode)name)]);
        if (parts.Count > 1)
            payload["parts"] = parts.Count;
        if (names.Count > 0)
            payload["files"] = names;
        if (payload.Count > 1)
            payload["digest"] = parts[0].Digest;
        return Write(payload);
    }

    /// <summary>Of a message in the thread of another.</summary>
    public static string Part(string head, int number, SlackPart part) => Write(new() { ["key"] = PartKey(head, number), ["digest"] = part.Digest });

    /// <summary>Of the words that stand for a file which could not be uploaded.</summary>
    public static string Lost(string head, string file) => Write(new() { ["key"] = LostKey(head, file) });

    public static string PartKey(string head, int number) => $"{head}#{number}";

    public static string LostKey(string head, string file) => $"{head}!{file}";

    /// <summary>Null for a message without one.</summary>
    public static string? Key(JsonElement message) => message.Text("metadata", "event_type") == KeyEvent ? message.Text("metadata", "event_payload", "key") : null;

    public static string? Digest(JsonElement message) => message.Text("metadata", "event_payload", "digest");

    public static SlackHead ReadHead(JsonElement message, string ts) => new(ts, Digest(message),
        message.At("metadata", "event_payload", "parts") is { ValueKind: JsonValueKind.Number } parts && parts.TryGetInt32(out var count) ? count : 1,
        [.. message.Items("metadata", "event_payload", "files").Select(name => name.GetString()).OfType<string>()]);

    private static string Write(JsonObject payload) => new JsonObject { ["event_type"] = KeyEvent, ["event_payload"] = payload }.ToJsonString(SlackJson.Compact);
}
