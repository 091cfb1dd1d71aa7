using System.Text.Json.Nodes;

namespace SreBot.Adapters.Slack;

/// <summary>What one message may hold: 50 blocks, and in sum about 13,000 characters (<c>msg_blocks_too_long</c>, slackapi/bolt-js#2509).</summary>
internal static class SlackBudget
{
    public const int MostBlocks = 50;
    public const int MostCharacters = 12_000;

    private const int MostButtonCharacters = MostCharacters / 2;
    private const string CutNote = "_The answer is longer than Slack shows; the rest was cut here._";

    /// <summary>Buttons stay, so that a long answer can still be acted on; the text is cut at the first block that does not fit.</summary>
    public static JsonArray Fit(List<JsonObject> blocks)
    {
        var room = MostButtonCharacters;
        var actions = blocks.Where(SlackBlocks.IsActions).TakeWhile(block => FitButtons(block, ref room)).ToHashSet();
        var note = SlackBlocks.Context(CutNote);
        var characters = MostCharacters - (MostButtonCharacters - room);
        var places = MostBlocks - actions.Count;

        var fitting = new JsonArray();
        var isCut = false;
        for (var index = 0; index < blocks.Count; index++)
        {
            var block = blocks[index];
            if (SlackBlocks.IsActions(block))
            {
                if (actions.Contains(block))
                    fitting.Add((JsonNode)block);
                continue;
            }
            if (isCut)
                continue;
            var needsNote = blocks.Skip(index + 1).Any(later => !SlackBlocks.IsActions(later));
            var size = Size(block) + (needsNote ? Size(note) : 0);
            if (places < (needsNote ? 2 : 1) || characters < size)
            {
                isCut = true;
                fitting.Add((JsonNode)note);
                continue;
            }
            fitting.Add((JsonNode)block);
            places--;
            characters -= Size(block);
        }
        return fitting;
    }

    private static bool FitButtons(JsonObject block, ref int room)
    {
        var elements = block["elements"]!.AsArray();
        while (elements.Count > 0 && Size(block) > room)
            elements.RemoveAt(elements.Count - 1);
        if (elements.Count > 0)
            room -= Size(block);
        return elements.Count > 0;
    }

    /// <summary>In characters as Slack reads them: what JSON writes as an escape counts once.</summary>
    private static int Size(JsonNode? node) => node switch
    {
        JsonObject fields => fields.Sum(field => field.Key.Length + Size(field.Value) + 4) + 2,
        JsonArray items => items.Sum(item => Size(item) + 1) + 2,
        JsonValue value when value.TryGetValue<string>(out var text) => text.Length + text.Count(letter => letter == '\n') + 2,
        _ => 5,
    };
}
