using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;

namespace SreBot.Adapters.Tests.Slack;

/// <summary>What a call of the Web API must look like, by the methods' pages at docs.slack.dev.</summary>
internal static partial class StrictSlackRules
{
    private static readonly Dictionary<string, (string[] Required, string[] Optional)> Methods = new()
    {
        ["chat.postMessage"] = (["channel", "text", "blocks"], ["thread_ts", "metadata", "unfurl_links", "unfurl_media"]),
        ["chat.update"] = (["channel", "ts", "text", "blocks"], ["metadata"]),
        ["chat.delete"] = (["channel", "ts"], []),
        ["chat.postEphemeral"] = (["channel", "user", "text", "blocks"], ["thread_ts"]),
        ["conversations.history"] = (["channel"], ["cursor", "include_all_metadata", "inclusive", "latest", "limit", "oldest"]),
        ["conversations.replies"] = (["channel", "ts"], ["cursor", "include_all_metadata", "inclusive", "latest", "limit", "oldest"]),
        ["conversations.open"] = (["users"], []),
        ["files.getUploadURLExternal"] = (["filename", "length"], ["alt_txt"]),
        ["files.completeUploadExternal"] = (["files", "channel_id", "thread_ts"], []),
        ["assistant.threads.setStatus"] = (["channel_id", "thread_ts", "status"], []),
        ["assistant.threads.setTitle"] = (["channel_id", "thread_ts", "title"], []),
        ["assistant.threads.setSuggestedPrompts"] = (["channel_id", "thread_ts", "prompts"], ["title"]),
        ["views.open"] = (["trigger_id", "view"], []),
        ["views.update"] = (["view_id", "view"], ["hash"]),
        ["views.publish"] = (["user_id", "view"], ["hash"]),
        ["chat.startStream"] = (["channel", "thread_ts"], ["chunks", "markdown_text", "recipient_user_id", "recipient_team_id", "task_display_mode"]),
        ["chat.appendStream"] = (["channel", "ts", "chunks"], []),
        ["chat.stopStream"] = (["channel", "ts"], ["chunks", "blocks", "metadata", "markdown_text"]),
        ["apps.connections.open"] = ([], []),
        ["auth.test"] = ([], []),
    };

    public static IEnumerable<string> Check(string method, HttpRequest request, Dictionary<string, string> arguments)
    {
        if (!Methods.TryGetValue(method, out var rule))
        {
            yield return "unknown method";
            yield break;
        }
        if (request.ContentType != "application/x-www-form-urlencoded" && !(arguments.Count == 0 && request.ContentLength is 0 or null))
            yield return $"not a form: {request.ContentType}";
        if (request.Headers.Authorization != $"Bearer {(method == "apps.connections.open" ? StrictSlack.AppToken : StrictSlack.BotToken)}")
            yield return "wrong token";
        // A picture that failed is told in plain text, without blocks.
        foreach (var name in rule.Required.Where(name => !arguments.ContainsKey(name) && !(name == "blocks" && arguments.ContainsKey("thread_ts") && method == "chat.postMessage")))
            yield return $"{name} is missing";
        foreach (var name in arguments.Keys.Except(rule.Required).Except(rule.Optional))
            yield return $"{name} is unknown";
        foreach (var (name, value) in arguments)
        {
            foreach (var fault in Check(method, name, value))
                yield return $"{name}: {fault}";
        }
    }

    private static IEnumerable<string> Check(string method, string name, string value) => name switch
    {
        "channel" or "channel_id" => Channel().IsMatch(value) ? [] : [$"'{value}' is no channel"],
        "ts" or "thread_ts" => Timestamp().IsMatch(value) ? [] : [$"'{value}' is no ts"],
        "text" => value.Length is > 0 and <= 4000 && !value.Contains("<!") ? [] : ["1 to 4000 characters, and no ping"],
        "blocks" => BlockRules.Check(JsonDocument.Parse(value).RootElement),
        "view" => ViewRules.Check(JsonDocument.Parse(value).RootElement),
        "chunks" => ChunkRules.Check(JsonDocument.Parse(value).RootElement),
        "prompts" => ChunkRules.CheckPrompts(JsonDocument.Parse(value).RootElement),
        "title" => value.Length is > 0 and <= 250 && !value.Contains('\n') ? [] : ["1 to 250 characters on one line"],
        "metadata" => CheckMetadata(JsonDocument.Parse(value).RootElement),
        "length" => int.TryParse(value, out var length) && length > 0 ? [] : ["must be over 0"],
        "alt_txt" => value.Length is > 0 and <= 1000 ? [] : ["1 to 1000 characters"],
        "files" => JsonDocument.Parse(value).RootElement.EnumerateArray().All(file => file.TryGetProperty("id", out _)) ? [] : ["each needs its id"],
        "limit" => int.TryParse(value, out var limit) && limit is > 0 and <= 999 ? [] : ["1 to 999"],
        _ => [],
    };

    private static IEnumerable<string> CheckMetadata(JsonElement metadata) =>
        metadata.TryGetProperty("event_type", out _) && metadata.TryGetProperty("event_payload", out var payload) && payload.ValueKind == JsonValueKind.Object ? [] : ["invalid_metadata_format"];

    [GeneratedRegex("^[CDGU][A-Z0-9]+$")]
    private static partial Regex Channel();

    [GeneratedRegex("^\\d{10}\\.\\d{6}$")]
    private static partial Regex Timestamp();
}
