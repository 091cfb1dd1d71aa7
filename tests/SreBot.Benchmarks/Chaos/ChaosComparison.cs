using static SreBot.Benchmarks.Chaos.ChaosRecord;

namespace SreBot.Benchmarks.Chaos;

/// <summary>What there is, against what there must be.</summary>
internal sealed class ChaosComparison
{
    private readonly List<string> faults = [];
    private readonly List<string> counts = [];

    /// <summary>Empty: all is as it must be.</summary>
    public IReadOnlyList<string> Faults => faults;

    /// <summary>What was compared, in words.</summary>
    public string Summary => string.Join(", ", counts);

    public static async Task<ChaosComparison> MakeAsync(ChaosTruth truth, ChaosStore store, ChaosReceiver receiver)
    {
        var comparison = new ChaosComparison();
        comparison.Compare("states", truth.States, await StatesAsync(store));
        comparison.Compare("transitions", truth.Transitions, await TransitionsAsync(store));
        var episodes = await EpisodesAsync(store);
        comparison.Compare("episodes", [.. truth.Episodes.Select(episode => episode.Line)], [.. episodes.Select(episode => episode.Line)]);
        var incidents = await IncidentsAsync(store);
        comparison.CompareIncidents(episodes, incidents);
        var outbox = await OutboxAsync(store);
        comparison.CompareOutbox(truth, outbox);
        comparison.CompareMessages(incidents, receiver);
        var ticks = await store.TicksAsync();
        comparison.faults.AddRange(ChaosTick.Faults(ticks));
        comparison.counts.Add($"{ticks.Count} ticks in order");
        return comparison;
    }

    private void Compare(string what, IReadOnlyList<string> expected, IReadOnlyList<string> actual)
    {
        foreach (var (line, count) in expected.CountBy(line => line))
        {
            if (actual.Count(other => other == line) is var found && found != count)
                faults.Add($"{what}: {found} times instead of {count}: {line}");
        }

        faults.AddRange(actual.Except(expected).Select(line => $"{what}: must not be: {line}"));
        counts.Add($"{expected.Count} {what}");
    }

    private void CompareIncidents(IReadOnlyList<EpisodeRow> episodes, IReadOnlyList<IncidentRow> incidents)
    {
        var byEpisode = incidents.ToLookup(incident => incident.EpisodeId);
        foreach (var episode in episodes)
        {
            var opened = byEpisode[episode.Id].ToList();
            if (opened.Count != 1)
                faults.Add($"incidents: {opened.Count} of the episode {episode.Line}");
            else if ((opened[0].Status == "resolved") != episode.EndedAt is not null || opened[0].ResolvedAt != episode.EndedAt || opened[0].OpenedAt != episode.TriggeredAt || opened[0].StartedAt != episode.StartedAt)
                faults.Add($"incidents: {opened[0]} does not fit the episode {episode.Line}");
            if (episode.Status != (episode.EndedAt is null ? "triggered" : "resolved") || episode.AnnouncedAt != episode.TriggeredAt)
                faults.Add($"episodes: status {episode.Status}, announced {episode.AnnouncedAt}: {episode.Line}");
        }

        faults.AddRange(incidents.Where(incident => !episodes.Any(episode => episode.Id == incident.EpisodeId)).Select(incident => $"incidents: no episode for {incident}"));
        counts.Add($"{incidents.Count} incidents");
    }

    private void CompareOutbox(ChaosTruth truth, IReadOnlyList<OutboxRow> outbox)
    {
        faults.AddRange(outbox.Where(row => row.Status is not ("done" or "superseded")).Select(row => $"outbox: {row.Handler} of {row.Subject} to {row.Target} is {row.Status}: {row.Error}"));
        Compare("ticks told", [.. truth.Episodes.Select(episode => $"tick:{episode.TriggeredAt.ToUnixTimeSeconds()}").Distinct()], [.. outbox.Where(row => row.Handler == "episodes").Select(row => row.Subject).Distinct()]); // a row a shard
        foreach (var rows in outbox.Where(row => row.Handler != "episodes").GroupBy(row => (row.Subject, row.Target, row.Handler))) // the shards' rows of a tick have no order: the first that is worked does all
        {
            var inOrder = rows.OrderBy(row => row.Sequence).ToList();
            faults.AddRange(inOrder.Zip(inOrder.Skip(1)).Where(pair => pair.First.DoneAt > pair.Second.DoneAt)
                .Select(pair => $"outbox: {rows.Key} number {pair.Second.Sequence} was done before {pair.First.Sequence}"));
        }

        counts.Add($"{outbox.Count} outbox rows done, none dead");
    }

    private void CompareMessages(IReadOnlyList<IncidentRow> incidents, ChaosReceiver receiver)
    {
        var posts = receiver.Posts.Where(post => post.Key?.StartsWith("incident:", StringComparison.Ordinal) == true).ToLookup(post => (post.Channel, post.Key!));
        var expected = incidents.SelectMany(incident => incident.Targets.SelectMany(target => Keys(incident).Select(key => (target[^3..], key)))).ToHashSet();
        var lost = expected.Count(key => !posts.Contains(key));
        var doubled = posts.Sum(group => group.Count() - 1);
        faults.AddRange(expected.Where(key => !posts.Contains(key)).Select(key => $"messages: {key} was lost"));
        faults.AddRange(posts.Where(group => group.Count() > 1).Select(group => $"messages: {group.Key} came {group.Count()} times"));
        faults.AddRange(posts.Where(group => !expected.Contains(group.Key)).Select(group => $"messages: {group.Key} must not be: {group.First().Texts[0]}"));
        faults.AddRange(receiver.Violations.Distinct().Select(violation => $"receiver: {violation}"));
        foreach (var incident in incidents)
        {
            CheckMessage(incident, [.. posts.Where(group => group.Key.Item2 == $"incident:{incident.Id}").SelectMany(group => group)]);
        }

        CheckOrder(receiver);
        counts.Add($"{expected.Count - lost} notifications once, {lost} lost, {doubled} doubled, {receiver.Uncertain} whose sender was killed before it heard that they came, {receiver.LookUps} look-ups");
    }

    /// <summary>Its message, and a reply each for the diagnosis, the end and what was kept.</summary>
    private static IEnumerable<string> Keys(IncidentRow incident) =>
        [$"incident:{incident.Id}", .. Enumerable.Range(2, incident.ResolvedAt is null ? 1 : 3).Select(number => $"incident:{incident.Id}:{number}")];

    /// <summary>It shows how the incident stands, and never went back.</summary>
    private void CheckMessage(IncidentRow incident, List<ChaosPost> posts)
    {
        foreach (var post in posts)
        {
            if (!post.Texts[^1].Contains(incident.Status, StringComparison.OrdinalIgnoreCase))
                faults.Add($"messages: incident {incident.Id} is {incident.Status}, its message says: {post.Texts[^1]}");

            var resolved = post.Texts.FindIndex(IsResolved);
            if (resolved >= 0 && !post.Texts.Skip(resolved).All(IsResolved))
                faults.Add($"messages: incident {incident.Id} went back: {string.Join(" | ", post.Texts)}");
        }
    }

    private static bool IsResolved(string text) => text.Contains("resolved", StringComparison.OrdinalIgnoreCase);

    /// <summary>In a thread, a later change stands below an earlier one.</summary>
    private void CheckOrder(ChaosReceiver receiver)
    {
        foreach (var thread in receiver.Posts.Where(post => post.Thread is not null && post.Key?.Count(letter => letter == ':') == 2).GroupBy(post => post.Thread))
        {
            var numbers = thread.Select(post => long.Parse(post.Key![(post.Key!.LastIndexOf(':') + 1)..])).ToList();
            if (!numbers.SequenceEqual(numbers.Order()))
                faults.Add($"messages: out of order in a thread: {string.Join(", ", thread.Select(post => post.Key))}");
        }
    }
}
