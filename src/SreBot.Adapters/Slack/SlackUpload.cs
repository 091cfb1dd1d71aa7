namespace SreBot.Adapters.Slack;

/// <summary>A file on its way to Slack.</summary>
/// <param name="Alternative">What a picture shows, for those who cannot see it; null for other files.</param>
/// <param name="Content">Made only when it is sent.</param>
internal sealed record SlackUpload(string Name, string Title, string? Alternative, Func<ReadOnlyMemory<byte>> Content);
