using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using SreBot.Adapters.Chat;

namespace SreBot.Adapters.Slack;

/// <summary>One of the messages that show a reply.</summary>
/// <param name="Text">The preview.</param>
/// <param name="Blocks">As JSON.</param>
internal sealed record SlackPart(string Text, string Blocks)
{
    private const string Continued = "_The rest is in the thread._";

    /// <summary>Tells this part from another in its place.</summary>
    public string Digest { get; } = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Text + Blocks)).AsSpan(0, 8));

    /// <summary>The first belongs where the reply does, the others into its thread.</summary>
    /// <param name="saysSo">The first part stands outside the thread, and says where the others are.</param>
    public static IReadOnlyList<SlackPart> Of(ChatReply reply, PublicAddress links, bool saysSo)
    {
        var messages = SlackBlocks.Render(reply, links);
        if (saysSo && messages.Count > 1)
            messages[0].Add((JsonNode)SlackBlocks.Context(Continued));
        var summary = SlackBlocks.Summary(reply);
        return [.. messages.Select((blocks, index) => new SlackPart(index == 0 ? summary : $"{summary} ({index + 1}/{messages.Count})", blocks.ToJsonString(SlackJson.Compact)))];
    }
}
