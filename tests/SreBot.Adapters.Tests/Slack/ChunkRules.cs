using System.Text.Json;

namespace SreBot.Adapters.Tests.Slack;

/// <summary>Pieces of a streamed message, and what is offered to ask, as docs.slack.dev/ai states them.</summary>
internal static class ChunkRules
{
    public static IEnumerable<string> Check(JsonElement chunks)
    {
        if (chunks.ValueKind != JsonValueKind.Array || chunks.GetArrayLength() == 0)
            yield return "invalid_chunks";
        foreach (var chunk in chunks.EnumerateArray())
        {
            if (chunk.GetProperty("type").GetString() != "task_update")
                yield return "a chunk of unknown type";
            if (chunk.GetProperty("id").GetString() is not { Length: > 0 } || chunk.GetProperty("title").GetString() is not { Length: > 0 and <= 256 })
                yield return "a task needs its id and its title";
            if (chunk.GetProperty("status").GetString() is not ("pending" or "in_progress" or "complete" or "error"))
                yield return "a task has a status";
        }
    }

    public static IEnumerable<string> CheckPrompts(JsonElement prompts)
    {
        if (prompts.ValueKind != JsonValueKind.Array || prompts.GetArrayLength() is 0 or > 4)
            yield return "1 to 4 prompts";
        foreach (var prompt in prompts.EnumerateArray())
        {
            if (prompt.GetProperty("title").GetString() is not { Length: > 0 } || prompt.GetProperty("message").GetString() is not { Length: > 0 })
                yield return "a prompt has a title and a message";
        }
    }
}
