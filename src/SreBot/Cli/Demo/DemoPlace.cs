namespace SreBot.Cli.Demo;

/// <summary>How far the demo's telemetry has been written.</summary>
/// <param name="WrittenTo">All rows that arrived before it are in the store.</param>
/// <param name="WritingTo">The end of a batch that was begun and may be in the store or not; null: none.</param>
internal sealed record DemoPlace(long OrganizationId, DemoStory Story, DateTimeOffset WrittenTo, DateTimeOffset? WritingTo);
