using System.Security.Cryptography;
using System.Text;
using SreBot.Alerts.Rules;
using SreBot.Incidents;
using SreBot.Model;
using SreBot.Postgres;
using SreBot.Telemetry;

namespace SreBot.Cli.Seeding;

/// <summary>Opens an incident for each planted cause, by its symptom: the first of the usual rules that would have seen it, in an order that the seed draws;
/// where none sees anything, as a person would who was asked. Tells nobody and starts no investigation.</summary>
internal sealed class SeedIncidents(PostgresDatabase postgres, ITelemetryStore telemetry)
{
    /// <summary>May be run again.</summary>
    /// <returns>The causes with their incidents, and what a right answer about each says.</returns>
    public async Task<IReadOnlyList<PlantedCause>> OpenAsync(SeedPlan plan, long organization, string database, CancellationToken cancel)
    {
        var watch = new SeedWatch(telemetry, database);
        var opened = new List<PlantedCause>();
        foreach (var cause in plan.Causes)
        {
            var beside = cause.IsFelt ? null : opened.Find(other => other.IsFelt && other.Overlaps(cause));
            opened.Add(beside is null ? await OpenAsync(watch, plan.Settings, cause, organization, cancel) : cause with { Incident = beside.Incident, OpenedBy = beside.OpenedBy, Right = beside.Right });
        }

        return opened;
    }

    private async Task<PlantedCause> OpenAsync(SeedWatch watch, SeedSettings settings, PlantedCause cause, long organization, CancellationToken cancel)
    {
        var episode = await SymptomAsync(watch, settings, cause, cancel);
        var facts = episode is null ? Reported(cause, settings.ProjectIds()) : Facts(episode, settings.ProjectIds());
        var who = episode is null ? "a person" : $"the rule \"{facts.AlertName}\"";
        var id = new Guid(SHA256.HashData(Encoding.UTF8.GetBytes($"seed {organization} {settings.Seed} {cause.Kind} {cause.Onset.ToUnixTimeSeconds()}")).AsSpan(0, 16));
        await using var session = await postgres.BeginAsync(organization, cancel);
        if (await IncidentStore.OpenAsync(session, organization, id, facts, cancel) is { } incident)
        {
            var end = facts.EndedAt!.Value;
            await IncidentStore.AddEventAsync(session, incident, facts.TriggeredAt, "seed", $"opened by {who}", cancel);
            incident = await IncidentStore.SaveAsync(session, incident with { Status = "resolved", ResolvedAt = end.UtcDateTime, ResolvedBy = "seed" }, cancel);
            await IncidentStore.AddEventAsync(session, incident, end, "seed", "resolved", cancel);
            await session.CommitAsync(cancel);
        }
        else
        {
            incident = await IncidentStore.OfEpisodeAsync(session, id, cancel);
        }

        return cause with { Incident = incident!.Id, OpenedBy = who, Right = SeedAnswer.Of(cause) };
    }

    private static async Task<SeedEpisode?> SymptomAsync(SeedWatch watch, SeedSettings settings, PlantedCause cause, CancellationToken cancel)
    {
        var random = new SeedRandom(settings.Seed, 0x494E, (long)cause.Kind, cause.Onset.Hour);
        var rules = SeedRule.All.Where(rule => IsTouched(rule, cause)).Select(rule => (Rule: rule, Order: random.Unit())).OrderBy(item => item.Order).Select(item => item.Rule).ToList();
        foreach (var rule in rules)
        {
            if (await watch.FirstAsync(rule, new TimeWindow(cause.Onset, cause.End), settings.ProjectIds(), cancel) is { } episode)
                return episode;
        }

        return null;
    }

    /// <summary>Whether the rule watches what the cause moves: the time of day may set off others.</summary>
    private static bool IsTouched(SeedRule rule, PlantedCause cause) => !cause.IsFelt || (rule.Metric == "requests") == (cause.Metric == "requests");

    private static EpisodeFacts Facts(SeedEpisode episode, IReadOnlyList<string> projects)
    {
        var (rule, group) = (episode.Rule, episode.Group);
        var isProject = rule.GroupBy is ["project_id"];
        IReadOnlyList<string> seen = isProject ? [group!] : projects;
        var value = MetricValue.Text(episode.Value, AlertText.Unit(rule));
        return new EpisodeFacts
        {
            AlertId = null,
            AlertName = rule.Name,
            GroupKey = group ?? "",
            Title = $"{MetricCatalogue.Find(rule.Metric).Title} {rule.Aggregate} {value} {AlertText.Limit(rule)} in {string.Join(", ", seen)}{(group is null || isProject ? "" : $" on {group}")}",
            Severity = rule.Severity,
            Projects = seen,
            Filter = group is null || isProject ? [] : [new DimensionCondition(rule.GroupBy[0], group)],
            Targets = [],
            Metric = rule.Metric,
            Aggregate = rule.Aggregate,
            Threshold = rule.Threshold,
            StartedAt = episode.StartedAt,
            TriggeredAt = episode.TriggeredAt,
            EndedAt = episode.ResolvedAt ?? episode.TriggeredAt.AddHours(1),
            ServerId = rule.GroupBy is ["server_id"] ? group : null,
        };
    }

    /// <summary>No rule saw it, and it is asked about all the same.</summary>
    private static EpisodeFacts Reported(PlantedCause cause, IReadOnlyList<string> projects) => new()
    {
        AlertId = null,
        AlertName = "",
        GroupKey = "",
        Title = "Someone says that it is slow",
        Severity = "info",
        Projects = projects,
        Filter = [],
        Targets = [],
        Metric = "latency",
        Aggregate = "mean",
        Threshold = null,
        StartedAt = cause.Onset.Floor(TimeSpan.FromMinutes(1)),
        TriggeredAt = cause.Onset.Floor(TimeSpan.FromMinutes(1)).AddMinutes(5),
        EndedAt = cause.End.Floor(TimeSpan.FromMinutes(1)).AddMinutes(1),
    };
}
