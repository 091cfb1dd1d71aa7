using System.Text.Json;

namespace SreBot.Adapters.Tests.Slack;

/// <summary>A message in the local workspace.</summary>
internal sealed record SlackPost(string Channel, string Ts, string? Thread, string Text, JsonElement? Blocks, JsonElement? Metadata, string? OnlyFor = null)
{
    public IReadOnlyList<SlackFile> Files { get; init; } = [];
}
