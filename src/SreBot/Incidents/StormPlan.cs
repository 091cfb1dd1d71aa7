using SreBot.Model;

namespace SreBot.Incidents;

/// <summary>Which episodes of a tick stand for themselves, which make a storm, and which join one that is still growing.</summary>
/// <param name="Storms">The episodes of each new storm.</param>
/// <param name="Joins">By the incident of the storm.</param>
internal sealed record StormPlan(IReadOnlyList<EpisodeFacts> Single, IReadOnlyList<IReadOnlyList<EpisodeFacts>> Storms, IReadOnlyDictionary<long, IReadOnlyList<EpisodeFacts>> Joins)
{
    /// <summary>Episodes for one channel in a tick beyond which they are one storm.</summary>
    public const int Limit = 10;

    /// <summary>For how long after its opening an open storm takes in what else starts for its channels.</summary>
    public static readonly TimeSpan Growing = TimeSpan.FromMinutes(5);

    /// <summary>Pure.</summary>
    /// <param name="growing">The storm that still grows, by channel.</param>
    public static StormPlan Of(IReadOnlyList<EpisodeFacts> episodes, IReadOnlyDictionary<string, long> growing)
    {
        var joins = episodes.Select(episode => (Episode: episode, Storm: episode.Targets.Where(growing.ContainsKey).Select(target => (long?)growing[target]).Min()))
            .Where(item => item.Storm is not null).GroupBy(item => item.Storm!.Value, item => item.Episode)
            .ToDictionary(group => group.Key, group => (IReadOnlyList<EpisodeFacts>)[.. group]);
        var rest = episodes.Where(episode => !episode.Targets.Any(growing.ContainsKey)).ToList();
        var crowded = rest.SelectMany(episode => episode.Targets.Distinct()).GroupBy(target => target).Where(group => group.Count() > Limit).Select(group => group.Key).ToHashSet();
        var storms = Connected([.. rest.Where(episode => episode.Targets.Any(crowded.Contains))], crowded);
        return new StormPlan([.. rest.Where(episode => !episode.Targets.Any(crowded.Contains))], storms, joins);
    }

    /// <summary>Crowded channels that share an episode are one storm, and so are theirs.</summary>
    private static List<IReadOnlyList<EpisodeFacts>> Connected(List<EpisodeFacts> episodes, HashSet<string> crowded)
    {
        var parent = crowded.ToDictionary(target => target);
        string Root(string target)
        {
            while (parent[target] != target)
            {
                target = parent[target] = parent[parent[target]];
            }

            return target;
        }

        foreach (var episode in episodes)
        {
            var channels = episode.Targets.Where(crowded.Contains).ToList();
            foreach (var other in channels.Skip(1))
            {
                parent[Root(other)] = Root(channels[0]);
            }
        }

        return [.. episodes.GroupBy(episode => Root(episode.Targets.First(crowded.Contains))).Select(group => (IReadOnlyList<EpisodeFacts>)[.. group])];
    }
}
