using SreBot.Model;

namespace SreBot.Incidents;

/// <summary>A storm as the incident of its members, and what of it a channel or a person may see. Pure.</summary>
internal static class IncidentStorm
{
    private static readonly string[] Severities = ["info", "warning", "critical"];

    public static IncidentMember Member(EpisodeFacts episode) => new()
    {
        EpisodeId = episode.EpisodeId,
        AlertId = episode.AlertId ?? Guid.Empty,
        GroupKey = episode.GroupKey,
        Title = episode.Title,
        Targets = [.. episode.Targets.Distinct()],
        Projects = [.. episode.Projects],
        Traits = StormTraits.Of(episode),
        Escalations = [.. episode.Escalations.Select(step => step.Target).Distinct()],
    };

    /// <summary>What all members have in common, as one episode; what they do not share is null.</summary>
    public static EpisodeFacts Whole(IReadOnlyList<EpisodeFacts> episodes) => new()
    {
        AlertId = Shared(episodes, episode => episode.AlertId),
        AlertName = Shared(episodes, episode => episode.AlertName) ?? "",
        GroupKey = "",
        Title = StormTraits.Title([.. episodes.Select(Member)]),
        Severity = Severities[episodes.Max(episode => Math.Max(0, Array.IndexOf(Severities, episode.Severity)))],
        Projects = [.. episodes.SelectMany(episode => episode.Projects).Distinct().Order(StringComparer.Ordinal)],
        Filter = [.. episodes.Skip(1).Aggregate(episodes[0].Filter.AsEnumerable(), (shared, episode) => shared.Intersect(episode.Filter))],
        Targets = [.. episodes.SelectMany(episode => episode.Targets).Distinct()],
        Metric = Shared(episodes, episode => $"{episode.Metric} {episode.Aggregate}") is null ? "" : episodes[0].Metric,
        Aggregate = Shared(episodes, episode => $"{episode.Metric} {episode.Aggregate}") is null ? "" : episodes[0].Aggregate,
        Threshold = Shared(episodes, episode => $"{episode.Metric} {episode.Aggregate} {episode.Threshold}") is null ? null : episodes[0].Threshold,
        StartedAt = episodes.Min(episode => episode.StartedAt),
        TriggeredAt = episodes.Max(episode => episode.TriggeredAt),
        Escalations = Escalations(episodes.SelectMany(episode => episode.Escalations)),
        RunbookUrl = Shared(episodes, episode => episode.RunbookUrl),
        ServerId = Shared(episodes, episode => episode.ServerId),
    };

    /// <summary>The soonest of each target.</summary>
    public static IReadOnlyList<EscalationStep> Escalations(IEnumerable<EscalationStep> steps) =>
        [.. steps.GroupBy(step => step.Target).Select(group => group.MinBy(step => step.After)!).OrderBy(step => step.After)];

    private static T? Shared<T>(IReadOnlyList<EpisodeFacts> episodes, Func<EpisodeFacts, T?> value) =>
        episodes.Select(value).Distinct().Take(2).ToList() is [var only] ? only : default;

    /// <summary>The storm as it looks to one who sees only some of its members: nothing that was found in others.</summary>
    public static Incident Cut(Incident incident, IReadOnlyList<IncidentMember> seen, int all) => seen.Count == all ? incident : incident with
    {
        IsPart = true,
        Title = StormTraits.Title(seen),
        Projects = [.. seen.SelectMany(member => member.Projects).Distinct().Order(StringComparer.Ordinal)],
        AlertId = null,
        AlertName = null,
        RequestId = null,
        ServerId = null,
        RunbookUrl = null,
        Finding = null,
        InvestigationId = null,
        Kept = [],
    };
}
