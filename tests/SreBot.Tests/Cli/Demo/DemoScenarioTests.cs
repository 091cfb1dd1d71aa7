using System.Text.Json;
using SreBot.Cli.Demo;
using SreBot.Cli.Seeding;
using SreBot.Model;
using SreBot.Tests.Cli.Seeding;

namespace SreBot.Tests.Cli.Demo;

public sealed class DemoScenarioTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 14, 7, 31, TimeSpan.Zero);

    [Fact]
    public void Of_the_past_only_the_slow_server_breaks_a_rule_and_it_does_in_nearly_every_minute()
    {
        for (var seed = 1; seed <= 5; seed++)
        {
            var story = DemoScenario.Past(new SeedSettings { Seed = seed }, Now);
            var slow = story.Plan.Causes.Single(cause => cause.Kind == CauseKind.SlowServer);

            var rows = SeedData.Rows(story.Plan, new TimeWindow(Now.AddHours(-1), Now));

            var breaches = rows.Where(row => row.Latency > 20).ToList();
            Assert.Equal([slow.On("server_id")!], breaches.Select(row => row.Server).Distinct());
            Assert.All(breaches, row => Assert.InRange(Now - row.At, TimeSpan.FromMinutes(20), TimeSpan.FromMinutes(51)));
            Assert.InRange(breaches.Select(Minute).Distinct().Count(), 27, 30);
            Assert.True(rows.GroupBy(Minute).Where(minute => minute.Count() >= 20).Max(ErrorPercent) <= 5);
        }
    }

    [Theory]
    [InlineData(3)]
    [InlineData(15)]
    public void The_error_rule_is_broken_within_two_minutes_whatever_second_serving_starts_in_and_then_no_more(int hour)
    {
        for (var second = 0; second < 60; second++)
        {
            var start = new DateTimeOffset(2026, 3, 2, hour, second % 7, second, TimeSpan.Zero);
            var story = DemoScenario.Begin(DemoScenario.Past(new SeedSettings { Seed = second }, start), start);

            var rows = SeedData.Rows(story.Plan, new TimeWindow(start.Floor(TimeSpan.FromMinutes(1)), start.Floor(TimeSpan.FromMinutes(1)).AddMinutes(9)));
            var minutes = rows.GroupBy(Minute).OrderBy(minute => minute.Key).ToList();

            // A minute is judged five seconds after its end, and the judge comes round within another five.
            var known = minutes.Where(minute => new DateTimeOffset((minute.Key + 1) * TimeSpan.TicksPerMinute, TimeSpan.Zero).AddSeconds(10) <= start.AddMinutes(2));
            Assert.True(known.Where(minute => minute.Count() >= 20).Max(ErrorPercent) > 5, $"second {second}");
            Assert.True(minutes.TakeLast(4).Max(ErrorPercent) <= 5, $"second {second}");
            Assert.True(rows.Max(row => row.Latency) <= 20, $"second {second}");
        }
    }

    [Fact]
    public void A_restart_within_the_first_outage_lets_it_go_on()
    {
        var story = DemoScenario.Begin(DemoScenario.Past(new SeedSettings(), Now), Now);

        Assert.Same(story, DemoScenario.Begin(story, Now.AddMinutes(2)));
        Assert.Equal(2, DemoScenario.Begin(story, Now.AddMinutes(10)).Chapters);
    }

    [Fact]
    public void Chapters_follow_each_other_after_20_to_40_minutes_are_of_several_kinds_and_touch_nothing_written()
    {
        var story = DemoScenario.Begin(DemoScenario.Past(new SeedSettings(), Now), Now);
        var onsets = new List<DateTimeOffset> { story.LastChapter!.Value };
        var kinds = new HashSet<CauseKind>();
        for (var time = Now; time < Now.AddHours(24); time = time.AddSeconds(2))
        {
            var next = DemoScenario.Continue(story, time);
            if (next.Chapters > story.Chapters)
            {
                var cause = next.Plan.Causes[^1];
                Assert.True(cause.Onset >= time);
                Assert.True(cause.Onset - time <= TimeSpan.FromMinutes(5));
                onsets.Add(cause.Onset);
                kinds.Add(cause.Kind);
            }

            story = next;
        }

        Assert.InRange(onsets.Count, 30, 80);
        Assert.All(onsets.Zip(onsets.Skip(1)), pair => Assert.InRange(pair.Second - pair.First, TimeSpan.FromMinutes(16), TimeSpan.FromMinutes(44)));
        Assert.True(kinds.Count >= 5);
    }

    [Fact]
    public void Old_chapters_are_forgotten_and_versions_are_not()
    {
        var story = DemoScenario.Past(new SeedSettings(), Now);
        for (var time = Now; time < Now.AddDays(14); time = time.AddMinutes(1))
        {
            var next = DemoScenario.Continue(story, time);
            foreach (var service in SeedWorld.Services)
            {
                Assert.Equal(story.Plan.VersionAt(service, time), next.Plan.VersionAt(service, time));
            }

            story = next;
        }

        Assert.InRange(story.Plan.Causes.Count, 200, 450);
        Assert.InRange(story.Chapters, 500, 800);
    }

    [Fact]
    public void A_story_read_back_from_json_gives_the_same_rows()
    {
        var story = DemoScenario.Begin(DemoScenario.Past(new SeedSettings(), Now), Now);

        var read = JsonSerializer.Deserialize<DemoStory>(JsonSerializer.Serialize(story, SreJson.Options), SreJson.Options)!;

        var window = new TimeWindow(Now.AddHours(-1), Now.AddMinutes(5));
        Assert.Equal(SeedData.Rows(story.Plan, window).Select(row => row.Text), SeedData.Rows(read.Plan, window).Select(row => row.Text));
        Assert.Equal(story.LastChapter, read.LastChapter);
    }

    private static long Minute(SeedRow row) => row.At.UtcTicks / TimeSpan.TicksPerMinute;

    private static double ErrorPercent(IEnumerable<SeedRow> rows) => 100 * rows.Average(row => row.Failed ? 1.0 : 0);
}
