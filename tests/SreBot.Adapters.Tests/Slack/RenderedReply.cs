using System.Text.Json;
using SreBot.Adapters.Chat;
using SreBot.Adapters.Slack;

namespace SreBot.Adapters.Tests.Slack;

/// <summary>Replies as Block Kit.</summary>
internal static class RenderedReply
{
    private static readonly PublicAddress Links = new(() => new Uri("http://127.0.0.1:5080"));

    /// <summary>Of a reply that fits into one message.</summary>
    public static JsonElement Render(ChatReply reply) => Assert.Single(Parts(reply));

    public static List<JsonElement> Parts(ChatReply reply) => [.. SlackBlocks.Render(reply, Links).Select(blocks => JsonDocument.Parse(blocks.ToJsonString(SlackJson.Compact)).RootElement)];

    public static List<string> Texts(JsonElement blocks) =>
    [
        .. blocks.EnumerateArray().SelectMany(block => block.GetProperty("type").GetString() switch
        {
            "actions" => block.GetProperty("elements").EnumerateArray().Select(element => element.GetProperty("text").GetProperty("text").GetString()!),
            "context" => block.GetProperty("elements").EnumerateArray().Select(element => element.GetProperty("text").GetString()!),
            _ => [block.GetProperty("text").GetProperty("text").GetString()!],
        }),
    ];
}
