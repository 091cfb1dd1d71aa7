using SreBot.Model;

namespace SreBot.Incidents;

/// <summary>What the episodes of a storm may share, such as <c>server_id=Server_9</c>, and what most of them do. Pure.</summary>
internal static class StormTraits
{
    /// <summary>The share of a storm that makes a trait common.</summary>
    private const double Most = 0.8;

    /// <summary>The most telling first: a server says more than the project that it serves, and both say more than the rule that saw them.</summary>
    private static readonly (string Kind, Func<string, string> Words)[] Kinds =
    [
        ("server_id", value => $"on {value}"), ("service", value => $"of the service {value}"), ("endpoint", value => $"of {value}"), ("version", value => $"of the version {value}"),
        ("region", value => $"in {value}"), ("platform", value => $"on {value}"), ("project_id", value => $"in {value}"),
        ("rule", value => $"by the rule \"{value}\""), ("metric", value => $"about {value}"),
    ];

    public static string[] Of(EpisodeFacts episode)
    {
        IEnumerable<(string Kind, string Value)> traits = episode.Filter.Select(condition => (Kind: condition.Dimension, condition.Value)).Append(("rule", episode.AlertName)).Append(("metric", $"{episode.Metric} {episode.Aggregate}"));
        traits = episode.ServerId is { } server ? traits.Append(("server_id", server)) : traits;
        traits = episode.Projects is [var only] ? traits.Append(("project_id", only)) : traits;
        return [.. traits.Select(trait => $"{trait.Kind}={trait.Value}").Distinct()];
    }

    /// <summary>The most telling trait that at least four fifths share, in words, and how many do; null when there is none.</summary>
    public static (string Words, int Count)? Common(IReadOnlyList<IncidentMember> members)
    {
        var shared = members.SelectMany(member => member.Traits).GroupBy(trait => trait).Where(group => group.Count() >= Most * members.Count)
            .OrderByDescending(group => group.Count()).ThenBy(group => group.Key, StringComparer.Ordinal).ToList();
        foreach (var (kind, words) in Kinds)
        {
            if (shared.Find(group => group.Key.StartsWith($"{kind}=", StringComparison.Ordinal)) is { } found)
                return (words(found.Key[(kind.Length + 1)..]), found.Count());
        }

        return null;
    }

    /// <summary>Such as <c>40 alerts at once: 38 on Server_9</c>.</summary>
    public static string Title(IReadOnlyList<IncidentMember> members) => (members, Common(members)) switch
    {
        ([var only], _) => only.Title,
        (_, null) => $"{members.Count:#,0} alerts at once in {Projects(members)}",
        (_, var (words, count)) when count == members.Count => $"{members.Count:#,0} alerts at once, all {words}",
        (_, var (words, count)) => $"{members.Count:#,0} alerts at once: {count:#,0} {words}",
    };

    private static string Projects(IReadOnlyList<IncidentMember> members)
    {
        var all = members.SelectMany(member => member.Projects).Distinct().Order(StringComparer.Ordinal).ToList();
        return all.Count <= 5 ? string.Join(", ", all) : $"{all.Count} projects";
    }
}
