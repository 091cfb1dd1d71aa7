using SreBot.Model;
using SreBot.Postgres;

namespace SreBot.Incidents;

/// <summary>Opens what a tick's episodes are planned to be, in one transaction and in few statements however many there are.</summary>
/// <param name="tick">Is written as the time of all that happens.</param>
internal sealed class IncidentOpening(PostgresSession session, long organizationId, DateTimeOffset tick)
{
    private IncidentNotice Opened => new("opened", tick, Change: null);

    public async Task OpenAsync(StormPlan plan, CancellationToken cancel)
    {
        await OpenSingleAsync(plan.Single, cancel);
        foreach (var storm in plan.Storms)
        {
            await OpenStormAsync(storm, cancel);
        }

        foreach (var (storm, joining) in plan.Joins)
        {
            await JoinAsync(storm, joining, cancel);
        }
    }

    private async Task OpenSingleAsync(IReadOnlyList<EpisodeFacts> single, CancellationToken cancel)
    {
        var opened = await IncidentRows.OpenAsync(session, organizationId, single, isStorm: false, cancel);
        await IncidentRows.AddEventsAsync(session, organizationId, [.. opened.Select(incident => (incident, $"opened by the alert \"{incident.AlertName}\""))], tick, IncidentHandler.Bot, cancel);
        await IncidentOutboxRow.AddAsync(session, organizationId, opened.SelectMany(incident => Told(incident, IncidentNotices.Rows(incident, Opened))), cancel);
    }

    private async Task OpenStormAsync(IReadOnlyList<EpisodeFacts> episodes, CancellationToken cancel)
    {
        var opened = (await IncidentRows.OpenAsync(session, organizationId, [IncidentStorm.Whole(episodes)], isStorm: true, cancel))[0];
        await IncidentMembers.AddAsync(session, organizationId, opened.Id, episodes.Select(IncidentStorm.Member), cancel);
        await IncidentRows.AddEventsAsync(session, organizationId, [(opened, $"opened by {episodes.Count:#,0} alerts at once")], tick, IncidentHandler.Bot, cancel);
        await IncidentOutboxRow.AddAsync(session, organizationId, Told(opened, await IncidentNotices.StormRowsAsync(session, opened, Opened, cancel)), cancel);
    }

    /// <summary>The message, the investigation, and those who are told when nobody acknowledges.</summary>
    private IEnumerable<IncidentOutboxRow> Told(Incident incident, IEnumerable<IncidentOutboxRow> messages) =>
    [
        .. messages,
        new(IncidentNotices.Subject(incident), 1, InvestigatePayload.Handler, "self", new InvestigatePayload(incident.Id), tick),
        .. Escalating(incident),
    ];

    private static IEnumerable<IncidentOutboxRow> Escalating(Incident incident) => incident.Escalations.Select(step =>
        new IncidentOutboxRow($"escalate:{incident.Id}:{step.Target}", 1, EscalatePayload.Handler, "self", new EscalatePayload(incident.Id, step.Target, step.After), incident.OpenedAt + step.After));

    /// <summary>A storm that still grows takes in what starts for its channels; what was found in it stays as it is.</summary>
    private async Task JoinAsync(long storm, IReadOnlyList<EpisodeFacts> joining, CancellationToken cancel)
    {
        var incident = (await IncidentStore.OfIdAsync(session, storm, cancel))!;
        await IncidentMembers.AddAsync(session, organizationId, storm, joining.Select(IncidentStorm.Member), cancel);
        var members = await IncidentMembers.OfAsync(session, storm, cancel);
        var whole = IncidentStorm.Whole(joining);
        var grown = await IncidentStore.GrowAsync(session, incident with
        {
            Title = StormTraits.Title(members),
            Projects = [.. incident.Projects.Union(whole.Projects).Order(StringComparer.Ordinal)],
            Targets = [.. incident.Targets.Union(whole.Targets)],
            ServerId = incident.ServerId == whole.ServerId ? incident.ServerId : null,
        }, incident.Filter.Intersect(whole.Filter), IncidentStorm.Escalations([.. incident.Escalations, .. whole.Escalations]), cancel);
        var sentence = $"{joining.Count:#,0} more {(joining.Count == 1 ? "alert" : "alerts")} joined; {members.Count:#,0} in all";
        await IncidentRows.AddEventsAsync(session, organizationId, [(grown, sentence)], tick, IncidentHandler.Bot, cancel);
        var told = incident.IsSnoozed(tick) ? [] : await IncidentNotices.StormRowsAsync(session, grown, new IncidentNotice("changed", tick, $"{grown.Number}: {sentence}."), cancel);
        await IncidentOutboxRow.AddAsync(session, organizationId, told.Concat(Escalating(grown)), cancel);
    }
}
