using SreBot.Alerts.States;
using SreBot.Model;

namespace SreBot.Alerts.Evaluation;

/// <summary>What a tick's changes hand to the outbox. Pure.</summary>
internal static class AlertNotices
{
    /// <param name="shard">All episodes that it announces at a tick are one row.</param>
    /// <param name="subscribed">Who wants to be told beside a rule's own targets.</param>
    public static IReadOnlyList<AlertPost> Of(IReadOnlyList<AlertChange> changes, int shard, DateTimeOffset tick, ILookup<Guid, string> subscribed)
    {
        var told = changes.Where(change => change.Notice != AlertNotice.None).ToLookup(change => change.Notice);
        return
        [
            .. told[AlertNotice.Opened].Select(change => change.Rule.OrganizationId).Distinct()
                .Select(organization => AlertPost.ToSelf(organization, $"tick:{tick.ToUnixTimeSeconds()}", shard + 1, EpisodesPayload.Handler, new EpisodesPayload(tick))),
            .. told[AlertNotice.Repeated].Select(change => Episode(change, IncidentChange.Repeated, tick)),
            .. told[AlertNotice.Resolved].Select(change => Episode(change, IncidentChange.Resolved, tick)),
            .. told[AlertNotice.Missing].SelectMany(change => Missing(change, tick, subscribed)),
        ];
    }

    private static AlertPost Episode(AlertChange change, IncidentChange what, DateTimeOffset tick)
    {
        var payload = new IncidentPayload { Change = what, AlertId = change.Rule.Id, EpisodeId = change.EpisodeId!.Value, At = tick };
        return AlertPost.ToSelf(change.Rule.OrganizationId, $"episode:{payload.EpisodeId}", tick.ToUnixTimeSeconds(), IncidentPayload.Handler, payload);
    }

    private static IEnumerable<AlertPost> Missing(AlertChange change, DateTimeOffset tick, ILookup<Guid, string> subscribed)
    {
        var payload = new NotifyPayload(AlertMessage.Missing(change), null, change.Rule.Projects) { Facts = AlertMessage.MissingFacts(change, tick), Filter = change.Rule.Filter };
        return change.Rule.Targets.Union(subscribed[change.Rule.Id]).Select(target =>
            AlertPost.ToPeople(change.Rule.OrganizationId, $"alert:{change.Rule.Id}:{change.GroupKey}:{tick.ToUnixTimeSeconds()}", 1, target, payload));
    }
}
