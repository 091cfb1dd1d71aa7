using SreBot.Incidents;
using SreBot.Model;

namespace SreBot.Tests.Incidents;

public sealed class StormPlanTests
{
    private static readonly DateTimeOffset Tick = new(2026, 1, 5, 10, 0, 0, TimeSpan.Zero);
    private static readonly Dictionary<string, long> None = [];

    private readonly KnownEpisodes episodes = new();

    [Theory]
    [InlineData(10, 10, 0)]
    [InlineData(11, 0, 1)]
    public void More_than_ten_for_one_channel_are_a_storm(int count, int single, int storms)
    {
        Add(count, "a");

        var plan = StormPlan.Of(episodes.All, None);

        Assert.Equal((single, storms), (plan.Single.Count, plan.Storms.Count));
    }

    [Fact]
    public void A_target_named_twice_counts_once()
    {
        foreach (var _ in Enumerable.Range(0, 6))
        {
            episodes.Add(Tick, ["a", "a"]);
        }

        Assert.Equal(6, StormPlan.Of(episodes.All, None).Single.Count);
    }

    [Fact]
    public void Ten_in_each_of_two_channels_are_no_storm()
    {
        Add(10, "a");
        Add(10, "b");

        Assert.Equal(20, StormPlan.Of(episodes.All, None).Single.Count);
    }

    [Fact]
    public void Crowded_channels_that_share_an_episode_are_one_storm_along_any_chain()
    {
        Add(11, "a");
        Add(11, "b");
        Add(11, "c");
        Add(11, "elsewhere");
        Add(1, "a", "b");
        Add(1, "c", "b");

        var plan = StormPlan.Of(episodes.All, None);

        Assert.Equal([11, 35], plan.Storms.Select(storm => storm.Count).Order());
        Assert.Empty(plan.Single);
    }

    [Fact]
    public void A_quiet_channel_joins_no_storms_together()
    {
        Add(11, "a");
        Add(11, "b");
        Add(1, "a", "quiet");
        Add(1, "b", "quiet");

        Assert.Equal([12, 12], StormPlan.Of(episodes.All, None).Storms.Select(storm => storm.Count));
    }

    [Fact]
    public void Every_episode_is_planned_once()
    {
        var random = new Random(7);
        var channels = Enumerable.Range(0, 12).Select(channel => $"c{channel}").ToArray();
        foreach (var _ in Enumerable.Range(0, 200))
        {
            episodes.Add(Tick, random.GetItems(channels, random.Next(0, 4)));
        }

        var plan = StormPlan.Of(episodes.All, new Dictionary<string, long> { ["c0"] = 7, ["c1"] = 3 });

        var planned = plan.Single.Concat(plan.Storms.SelectMany(storm => storm)).Concat(plan.Joins.Values.SelectMany(join => join)).ToList();
        Assert.Equal(episodes.All.Select(episode => episode.EpisodeId).Order(), planned.Select(episode => episode.EpisodeId).Order());
        Assert.All(plan.Joins[3], episode => Assert.Contains("c1", episode.Targets));
        Assert.All(plan.Joins[7], episode => Assert.DoesNotContain("c1", episode.Targets));
    }

    [Fact]
    public void What_starts_for_a_channel_of_a_growing_storm_joins_it()
    {
        Add(1, "a");
        Add(1, "b");

        var plan = StormPlan.Of(episodes.All, new Dictionary<string, long> { ["a"] = 7 });

        Assert.Equal((1, 1), (plan.Single.Count, plan.Joins[7].Count));
    }

    private void Add(int count, params string[] targets)
    {
        foreach (var _ in Enumerable.Range(0, count))
        {
            episodes.Add(Tick, targets);
        }
    }
}
