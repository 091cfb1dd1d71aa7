using System.Text.Json;
using System.Text.RegularExpressions;

namespace SreBot.Adapters.Tests.Slack;

/// <summary>The limits of Block Kit, as Slack's reference states them.</summary>
internal static partial class BlockRules
{
    public static IEnumerable<string> Check(JsonElement blocks)
    {
        if (blocks.ValueKind != JsonValueKind.Array || blocks.GetArrayLength() is 0 or > 50)
            yield return "blocks must be a list of 1 to 50";
        if (Escape().Replace(blocks.GetRawText(), "?").Length is > 13_000 and var length)
            yield return $"msg_blocks_too_long: {length}";
        var actionIds = new HashSet<string>();
        foreach (var block in blocks.EnumerateArray())
        {
            foreach (var fault in Check(block, actionIds))
                yield return fault;
        }
    }

    private static IEnumerable<string> Check(JsonElement block, HashSet<string> actionIds) => block.GetProperty("type").GetString() switch
    {
        "header" => Text(block.GetProperty("text"), "plain_text", 150),
        "section" => Text(block.GetProperty("text"), "mrkdwn", 3000),
        "context" => block.GetProperty("elements").GetArrayLength() is >= 1 and <= 10
            ? block.GetProperty("elements").EnumerateArray().SelectMany(element => Text(element, "mrkdwn", 3000))
            : ["a context has 1 to 10 elements"],
        "actions" => block.GetProperty("elements").GetArrayLength() is >= 1 and <= 25
            ? block.GetProperty("elements").EnumerateArray().SelectMany(element => Button(element, actionIds))
            : ["actions have 1 to 25 elements"],
        var other => [$"block of unknown type {other}"],
    };

    private static IEnumerable<string> Button(JsonElement button, HashSet<string> actionIds)
    {
        foreach (var fault in Text(button.GetProperty("text"), "plain_text", 75))
            yield return fault;
        if (button.GetProperty("type").GetString() != "button")
            yield return "not a button";
        if (button.GetProperty("action_id").GetString() is not { Length: > 0 and <= 255 } id || !actionIds.Add(id))
            yield return "action_id is missing, too long or not unique";
        if (button.TryGetProperty("value", out var value) && value.GetString() is not { Length: <= 2000 })
            yield return "value over 2000";
        if (button.TryGetProperty("url", out var url) && (url.GetString() is not { Length: <= 3000 } text || !Uri.TryCreate(text, UriKind.Absolute, out _)))
            yield return "url over 3000 or not absolute";
        if (button.TryGetProperty("style", out var style) && style.GetString() is not ("primary" or "danger"))
            yield return "style";
    }

    private static IEnumerable<string> Text(JsonElement text, string type, int limit)
    {
        if (text.GetProperty("type").GetString() != type)
            yield return $"text must be {type}";
        if (text.GetProperty("text").GetString() is not { } value || string.IsNullOrWhiteSpace(value) || value.Length > limit)
            yield return $"{type} must have 1 to {limit} characters";
        if (type == "plain_text" && text.TryGetProperty("verbatim", out _))
            yield return "verbatim belongs to mrkdwn";
    }

    [GeneratedRegex("\\\\u[0-9A-Fa-f]{4}")]
    private static partial Regex Escape();
}
