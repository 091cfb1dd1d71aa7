using SreBot.Cli.Seeding;

namespace SreBot.Cli.Demo;

/// <summary>What is told in the demo's telemetry: the column <c>demo.settings</c>, and the ground truth about it, which nothing that answers may read.</summary>
/// <param name="Made">Up to when its past goes.</param>
/// <param name="GoesOn">Whether causes are planted while serving.</param>
/// <param name="Chapters">How many causes were planted while serving.</param>
/// <param name="LastChapter">When the last of them begins; null: none yet.</param>
internal sealed record DemoStory(SeedPlan Plan, DateTimeOffset Made, bool GoesOn, int Chapters, DateTimeOffset? LastChapter);
