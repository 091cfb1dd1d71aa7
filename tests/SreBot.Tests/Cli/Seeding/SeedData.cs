using SreBot.Cli.Seeding;
using SreBot.Model;

namespace SreBot.Tests.Cli.Seeding;

internal static class SeedData
{
    public static TimeWindow Window { get; } = new(new(2026, 3, 1, 0, 0, 0, TimeSpan.Zero), new(2026, 3, 1, 6, 0, 0, TimeSpan.Zero));

    public static SeedPlan Plan(params CauseKind[] causes) => SeedPlan.Draw(new SeedSettings { Seed = 7, RequestsAMinute = 600, Causes = causes }, Window);

    public static List<SeedRow> Rows(SeedPlan plan, TimeWindow window) => [.. new SeedGenerator(plan).Rows(window).Select(row => new SeedRow(row))];
}
