using SreBot.Cli.Seeding;
using SreBot.Model;

namespace SreBot.Tests.Cli.Seeding;

/// <summary>Each cause is looked for in the rows alone: what it touches during it, against the same before it and the rest during it.</summary>
public sealed class PlantedCauseTests
{
    [Theory]
    [InlineData("slow-server")]
    [InlineData("noisy-neighbour")]
    [InlineData("bad-deploy")]
    [InlineData("region-platform")]
    [InlineData("slow-dependency")]
    public void Requests_that_it_touches_are_slower_by_its_effect_and_the_rest_are_not(string word)
    {
        var (cause, before, during) = Plant(CauseKinds.Parse(word)[0]);

        Assert.InRange(Mean(during.Where(row => Touches(cause, row))) / Mean(before.Where(row => Touches(cause, row))), cause.Effect!.Value * 0.93, cause.Effect.Value * 1.07);
        Assert.InRange(Mean(during.Where(row => !Touches(cause, row))) / Mean(before.Where(row => !Touches(cause, row))), 0.93, 1.07);
    }

    [Fact]
    public void A_noisy_neighbour_takes_the_cpu_of_its_server_without_more_requests()
    {
        var (cause, before, during) = Plant(CauseKind.NoisyNeighbour);
        var was = before.Where(row => Touches(cause, row)).ToList();
        var became = during.Where(row => Touches(cause, row)).ToList();

        var expected = Math.Min(98, was.Average(row => row.Cpu) * cause.Effect!.Value);
        Assert.InRange(became.Average(row => row.Cpu), expected * 0.9, expected * 1.1);
        Assert.InRange(became.Count / (double)was.Count, 0.85, 1.2);
        Assert.InRange(during.Where(row => !Touches(cause, row)).Average(row => row.Cpu) / before.Where(row => !Touches(cause, row)).Average(row => row.Cpu), 0.85, 1.15);
    }

    [Fact]
    public void A_memory_leak_climbs_to_its_effect_and_ends_with_a_restart()
    {
        var (plan, cause) = Draw(CauseKind.MemoryLeak);
        var window = new TimeWindow(cause.Onset.AddMinutes(-30), cause.End.AddMinutes(10));
        var rows = SeedData.Rows(plan, window).Where(row => Touches(cause, row)).ToList();

        double Memory(DateTimeOffset from, DateTimeOffset to) => rows.Where(row => row.At >= from && row.At < to).Average(row => row.Memory);
        var was = Memory(window.From, cause.Onset);
        var half = cause.Onset + ((cause.End - cause.Onset) / 2);
        Assert.InRange(Memory(half.AddMinutes(-3), half.AddMinutes(3)) / was, 0.95 * (1 + cause.Effect!.Value) / 2, 1.05 * (1 + cause.Effect.Value) / 2);
        Assert.InRange(Memory(cause.End.AddMinutes(-3), cause.End) / was, cause.Effect.Value * 0.9, cause.Effect.Value * 1.05);
        Assert.InRange(Memory(cause.End, window.To) / was, 0.95, 1.05);
        Assert.True(Mean(rows.Where(row => row.At >= cause.End.AddMinutes(-5) && row.At < cause.End)) > 1.25 * Mean(rows.Where(row => row.At < cause.Onset)));
    }

    [Fact]
    public void A_bad_deploy_fails_requests_of_its_endpoint_under_a_new_version_and_is_rolled_back()
    {
        var (plan, cause) = Draw(CauseKind.BadDeploy);
        var rows = SeedData.Rows(plan, new TimeWindow(cause.Onset.AddMinutes(-20), cause.End.AddMinutes(20)));
        var during = rows.Where(row => row.At >= cause.Onset && row.At < cause.End).ToList();

        Assert.InRange(ErrorShare(during.Where(row => Touches(cause, row))), cause.ErrorShare - 0.1, cause.ErrorShare + 0.1);
        Assert.InRange(ErrorShare(during.Where(row => !Touches(cause, row))), 0, 0.01);
        Assert.Equal([cause.Version!], during.Where(row => row.Service == cause.On("service")).Select(row => row.Version).Distinct());
        Assert.DoesNotContain(rows.Except(during), row => row.Version == cause.Version && row.Service == cause.On("service"));
    }

    [Fact]
    public void A_bad_deploy_and_its_roll_back_are_change_events_of_each_project()
    {
        var (plan, cause) = Draw(CauseKind.BadDeploy);

        var changes = SeedChanges.Rows(plan, SeedData.Window);

        Assert.Equal(6, changes.Count);
        Assert.Equal([cause.Onset.UtcDateTime, cause.End.UtcDateTime], changes.Select(row => row[1]).Distinct());
        Assert.Equal(3, changes.Count(row => (string)row[5]! == cause.Version));
        Assert.Equal(6, changes.Select(row => row[0]).Distinct().Count());
    }

    [Fact]
    public void A_hot_project_sends_more_and_the_others_do_not()
    {
        var (cause, before, during) = Plant(CauseKind.HotProject);

        Assert.InRange(Rate(cause, during.Where(row => Touches(cause, row)), before.Where(row => Touches(cause, row))), cause.Effect!.Value * 0.9, cause.Effect.Value * 1.1);
        Assert.InRange(Rate(cause, during.Where(row => !Touches(cause, row)), before.Where(row => !Touches(cause, row))), 0.9, 1.12);
    }

    [Fact]
    public void A_surge_and_a_loss_of_traffic_change_every_project_alike()
    {
        foreach (var kind in new[] { CauseKind.TrafficSurge, CauseKind.TrafficLoss })
        {
            var (cause, before, during) = Plant(kind);
            var factor = kind == CauseKind.TrafficSurge ? cause.Effect!.Value : 1 / cause.Effect!.Value;
            foreach (var project in new[] { "Project_1", "Project_2", "Project_3" })
            {
                Assert.InRange(Rate(cause, during.Where(row => row.Project == project), before.Where(row => row.Project == project)), factor * 0.88, factor * 1.12);
            }
        }
    }

    [Fact]
    public void Late_rows_arrive_after_their_delay_and_none_is_lost()
    {
        var (plan, cause) = Draw(CauseKind.LateData);
        var control = plan with { Causes = [] };
        var onTime = SeedData.Rows(plan, new TimeWindow(cause.Onset, cause.Onset + cause.Delay));

        Assert.DoesNotContain(onTime, row => Touches(cause, row));
        Assert.Contains(onTime, row => !Touches(cause, row));
        Assert.Contains(SeedData.Rows(plan, new TimeWindow(cause.Onset + cause.Delay, cause.End + cause.Delay)), row => Touches(cause, row) && row.At < cause.Onset.AddMinutes(1));
        Assert.Equal(
            SeedData.Rows(control, SeedData.Window).Select(row => row.Text).Order(),
            SeedData.Rows(plan, SeedData.Window).Select(row => row.Text).Order());
    }

    [Fact]
    public void A_distractor_moves_the_memory_of_another_server_and_nothing_else()
    {
        var plan = SeedData.Plan(CauseKind.SlowServer, CauseKind.Distractor);
        var (slow, distractor) = (plan.Causes[0], plan.Causes[1]);
        var rows = SeedData.Rows(plan, new TimeWindow(slow.Onset - (slow.End - slow.Onset), slow.End)).Where(row => Touches(distractor, row)).ToList();
        var (before, during) = (rows.Where(row => row.At < slow.Onset).ToList(), rows.Where(row => row.At >= slow.Onset).ToList());

        Assert.NotEqual(slow.On("server_id"), distractor.On("server_id"));
        Assert.InRange(during.Average(row => row.Memory) / before.Average(row => row.Memory), distractor.Effect!.Value * 0.95, distractor.Effect.Value * 1.05);
        Assert.InRange(Mean(during) / Mean(before), 0.95, 1.05);
    }

    [Fact]
    public void A_change_without_effect_is_an_event_and_a_version_and_nothing_else()
    {
        var (plan, cause) = Draw(CauseKind.ChangeWithoutEffect);
        var rows = SeedData.Rows(plan, SeedData.Window);
        var control = SeedData.Rows(plan with { Causes = [] }, SeedData.Window);

        Assert.Equal(3, SeedChanges.Rows(plan, SeedData.Window).Count);
        Assert.All(rows.Where(row => row.Service == cause.On("service")), row => Assert.Equal(row.At >= cause.Onset, row.Version == cause.Version));
        Assert.Equal(control.Select(row => (row.Id, row.Latency, row.Failed, row.Cpu, row.Memory)), rows.Select(row => (row.Id, row.Latency, row.Failed, row.Cpu, row.Memory)));
    }

    [Fact]
    public void Every_effect_lies_between_1_point_3_and_5_and_every_cause_in_its_window()
    {
        for (var seed = 0; seed < 200; seed++)
        {
            var plan = SeedPlan.Draw(new SeedSettings { Seed = seed, Causes = CauseKinds.All }, SeedData.Window);

            Assert.Equal(CauseKinds.All, plan.Causes.Select(cause => cause.Kind));
            Assert.All(plan.Causes, cause => Assert.InRange(cause.Effect ?? 2, 1.3, 5));
            Assert.All(plan.Causes, cause => Assert.True(SeedData.Window.From < cause.Onset && cause.Onset < cause.End && cause.End < SeedData.Window.To));
        }
    }

    [Fact]
    public void Causes_are_read_by_their_words()
    {
        Assert.Equal([CauseKind.SlowServer, CauseKind.BadDeploy], CauseKinds.Parse("slow-server, Bad-Deploy"));
        Assert.Equal([CauseKind.SlowServer, CauseKind.Distractor, .. CauseKinds.All.Skip(1), CauseKind.Control], CauseKinds.Parse("all"));
        Assert.Equal([CauseKind.Control], CauseKinds.Parse("none"));
        Assert.Equal([CauseKind.Control], CauseKinds.Parse("control"));
        Assert.Empty(CauseKinds.Parse(""));
        Assert.Contains("noisy-neighbour", Assert.Throws<SreException>(() => CauseKinds.Parse("gremlins")).Message, StringComparison.Ordinal);
    }

    private static (SeedPlan Plan, PlantedCause Cause) Draw(CauseKind kind)
    {
        var plan = SeedData.Plan(kind);
        return (plan, Assert.Single(plan.Causes));
    }

    private static (PlantedCause Cause, List<SeedRow> Before, List<SeedRow> During) Plant(CauseKind kind)
    {
        var (plan, cause) = Draw(kind);
        var during = new TimeWindow(cause.Onset, cause.End);
        return (cause, SeedData.Rows(plan, during.Before), SeedData.Rows(plan, during));
    }

    private static bool Touches(PlantedCause cause, SeedRow row) =>
        cause.Where.All(condition => row.On(condition.Dimension) == condition.Value)
        && (cause.Dependency is null || SeedWorld.Dependencies.Single(dependency => dependency.Name == cause.Dependency).Callers.Contains(row.Endpoint));

    private static double Mean(IEnumerable<SeedRow> rows) => rows.Average(row => row.Latency);

    private static double ErrorShare(IEnumerable<SeedRow> rows) => rows.Average(row => row.Failed ? 1.0 : 0);

    private static double Rate(PlantedCause cause, IEnumerable<SeedRow> during, IEnumerable<SeedRow> before)
    {
        Assert.Equal(0, cause.Onset.UtcTicks % TimeSpan.TicksPerMinute);
        return during.Count() / (double)before.Count();
    }
}
