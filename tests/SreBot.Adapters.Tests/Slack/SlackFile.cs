namespace SreBot.Adapters.Tests.Slack;

/// <summary>A file on its way into the local workspace.</summary>
internal sealed class SlackFile
{
    public required string Id { get; init; }
    public required string Name { get; init; }
    public required int Length { get; init; }
    public string? Alternative { get; init; }
    public byte[]? Content { get; set; }
}
