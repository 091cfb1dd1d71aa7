using System.Text.Json.Nodes;

namespace SreBot.Adapters.Slack;

/// <summary>What one message may hold: 50 blocks, and in sum about 13,000 characters (<c>msg_blocks_too_long</c>, slackapi/bolt-js#2509).</summary>
internal static class SlackBudget
{
    public const int MostBlocks = 50;
    public const int MostCharacters = 12_000;

    /// <summary>No row of buttons may be larger, so that the first message has room for one, and for text.</summary>
    public const int MostButtonCharacters = MostCharacters / 2;

    /// <summary>In the first message: room is left for a line that says where the rest is.</summary>
    private const int MostFirst = MostBlocks - 1;
    private const int MostButtonRows = 10;

    /// <summary>Blocks for one message after the other, at least one message. The first buttons stay in the first message, so that a long answer can be acted on at once.</summary>
    public static IReadOnlyList<JsonArray> Split(IReadOnlyList<JsonObject> blocks)
    {
        var first = FirstButtons(blocks);
        var messages = new List<JsonArray> { new() };
        var places = MostFirst - first.Count;
        var characters = MostCharacters - first.Sum(Size);
        foreach (var block in blocks)
        {
            if (first.Contains(block))
            {
                messages[0].Add((JsonNode)block);
                continue;
            }
            var size = Size(block);
            if (places == 0 || characters < size)
            {
                messages.Add([]);
                (places, characters) = (MostBlocks, MostCharacters);
            }
            messages[^1].Add((JsonNode)block);
            (places, characters) = (places - 1, characters - size);
        }
        return messages;
    }

    /// <summary>In characters as Slack reads them: what JSON writes as an escape counts once.</summary>
    public static int Size(JsonNode? node) => node switch
    {
        JsonObject fields => fields.Sum(field => field.Key.Length + Size(field.Value) + 4) + 2,
        JsonArray items => items.Sum(item => Size(item) + 1) + 2,
        JsonValue value when value.TryGetValue<string>(out var text) => text.Length + text.Count(letter => letter is '\n' or '"' or '\\') + 2,
        _ => 5,
    };

    private static HashSet<JsonObject> FirstButtons(IReadOnlyList<JsonObject> blocks)
    {
        var room = MostButtonCharacters;
        return [.. blocks.Where(SlackBlocks.IsActions).Take(MostButtonRows).TakeWhile(row => (room -= Size(row)) >= 0)];
    }
}
