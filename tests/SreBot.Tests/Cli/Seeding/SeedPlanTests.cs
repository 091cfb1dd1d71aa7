using SreBot.Cli.Seeding;
using SreBot.Model;

namespace SreBot.Tests.Cli.Seeding;

public sealed class SeedPlanTests
{
    private static readonly DateTimeOffset End = new(2026, 3, 9, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void No_cause_is_in_the_two_hours_before_another()
    {
        var kinds = CauseKinds.Parse("all");
        for (var seed = 0; seed < 100; seed++)
        {
            var causes = Draw(seed, kinds).Where(cause => cause.Kind != CauseKind.Distractor || cause.Onset != Draw(seed, kinds)[0].Onset).OrderBy(cause => cause.Onset).ToList();

            Assert.All(causes.Zip(causes.Skip(1)), pair => Assert.True(pair.First.End.AddHours(2) <= pair.Second.Onset, $"seed {seed}: {pair.First.Kind} and {pair.Second.Kind}"));
        }
    }

    [Fact]
    public void All_has_the_distractor_beside_a_cause_and_by_itself()
    {
        var causes = Draw(3, CauseKinds.Parse("all"));

        Assert.Equal((CauseKind.SlowServer, CauseKind.Distractor), (causes[0].Kind, causes[1].Kind));
        Assert.True(causes[0].Overlaps(causes[1]));
        Assert.Equal(2, causes.Count(cause => cause.Kind == CauseKind.Distractor));
        Assert.Equal(1, causes.Count(cause => cause.Kind == CauseKind.Control));
        Assert.Equal(24, SeedSettings.HoursFor([CauseKind.SlowServer]));
        Assert.Equal(6 * (causes.Count - 1), SeedSettings.HoursFor(CauseKinds.Parse("all")));
    }

    [Fact]
    public void Calls_are_those_of_the_requests_and_slower_while_the_dependency_is()
    {
        var plan = SeedData.Plan(CauseKind.SlowDependency);
        var cause = Assert.Single(plan.Causes);
        var during = new TimeWindow(cause.Onset.AddMinutes(1), cause.End.AddMinutes(-1));
        var batch = new SeedGenerator(plan).Make(during);
        var calls = batch.Calls.ToRows();
        var callers = SeedWorld.Dependencies.Single(dependency => dependency.Name == cause.Dependency).Callers;

        Assert.Equal(batch.Rows.Count(row => callers.Contains((string)row[6]!)), calls.Where(row => (string)row[3]! == cause.Dependency).Sum(row => (long)(ulong)row[4]!));
        Assert.True(Mean(calls, cause.Dependency!) > 1.5 * Mean(new SeedGenerator(plan).Make(during.Before with { To = cause.Onset.AddMinutes(-1) }).Calls.ToRows(), cause.Dependency!));
    }

    private static double Mean(List<object?[]> calls, string callee) =>
        calls.Where(row => (string)row[3]! == callee).Sum(row => (double)row[6]!) / calls.Where(row => (string)row[3]! == callee).Sum(row => (double)(ulong)row[4]!);

    private static IReadOnlyList<PlantedCause> Draw(long seed, IReadOnlyList<CauseKind> kinds)
    {
        var settings = new SeedSettings { Seed = seed, Causes = kinds, Hours = SeedSettings.HoursFor(kinds) };
        return SeedPlan.Draw(settings, settings.WindowUpTo(End)).Causes;
    }
}
