using SreBot.Alerts.Rules;
using SreBot.Model;

namespace SreBot.Alerts.Backtests;

/// <summary>An incident of the rule's projects, beside what the rule would have said.</summary>
/// <param name="From">When it began, as far as that is known.</param>
/// <param name="To">When it was resolved, or the end of the stretch.</param>
internal sealed record BacktestIncident(IncidentFacts Facts, DateTimeOffset From, DateTimeOffset To)
{
    /// <summary>An episode so shortly before the recorded beginning belongs to it.</summary>
    private static readonly TimeSpan Before = TimeSpan.FromMinutes(10);

    /// <summary>How many are looked at, the newest.</summary>
    public const int Most = 500;

    /// <summary>Those that the rule could have seen: of its projects, at that time, on nothing that its conditions leave out.</summary>
    public static IReadOnlyList<BacktestIncident> Of(IEnumerable<IncidentFacts> all, AlertRule rule, DateTimeOffset from, DateTimeOffset to) =>
        [.. all.Where(incident => incident.Projects.Intersect(rule.Projects).Any() && Agree(incident, rule.Filter))
            .Select(incident => new BacktestIncident(incident, incident.StartedAt, incident.ResolvedAt is { } end && end < to ? end : to))
            .Where(incident => incident.From < to && incident.To > from).OrderBy(incident => incident.From)];

    /// <summary>Whether the episode began while it lasted, and speaks of nothing else. One that was open all along caught nothing.</summary>
    public bool IsCaughtBy(string groupKey, DateTimeOffset at) => at >= From - Before && at <= To && Agree(Facts, AlertGroup.Conditions(groupKey));

    private static bool Agree(IncidentFacts incident, IReadOnlyList<DimensionCondition> conditions) => conditions.All(condition =>
        condition.Dimension == "project_id" ? incident.Projects.Contains(condition.Value)
        : Value(incident, condition.Dimension) is not { } value || value == condition.Value);

    private static string? Value(IncidentFacts incident, string dimension) =>
        incident.Filter.FirstOrDefault(other => other.Dimension == dimension)?.Value ?? (dimension == "server_id" ? incident.ServerId : null);
}
