using SreBot.Alerts.States;
using SreBot.Delivery;
using SreBot.Model;
using SreBot.Postgres;

namespace SreBot.Alerts.Evaluation;

/// <summary>Hands a tick's notices to the outbox, in the tick's own transaction.</summary>
internal static class AlertNotices
{
    public static async Task AddAsync(PostgresSession session, AlertChange change, DateTimeOffset tick, CancellationToken cancel)
    {
        if (change.Notice == AlertNotice.Missing)
        {
            foreach (var target in change.Rule.Targets)
            {
                await Outbox.AddAsync(session, change.Rule.OrganizationId, $"alert:{change.Rule.Id}:{change.GroupKey}:{tick.ToUnixTimeSeconds()}", 1, NotifyPayload.Handler, target,
                    new NotifyPayload(AlertMessage.Missing(change), null, change.Rule.Projects), tick, cancel);
            }

            return;
        }

        if (change.Notice == AlertNotice.Opened)
        {
            await Outbox.AddAsync(session, change.Rule.OrganizationId, $"tick:{tick.ToUnixTimeSeconds()}", 1, EpisodesPayload.Handler, "self", new EpisodesPayload(tick), tick, cancel);
            return;
        }

        var isResolved = change.Notice == AlertNotice.Resolved;
        var payload = new IncidentPayload
        {
            Change = isResolved ? IncidentChange.Resolved : IncidentChange.Repeated,
            AlertId = change.Rule.Id,
            EpisodeId = change.EpisodeId!.Value,
            At = tick,
        };
        await Outbox.AddAsync(session, change.Rule.OrganizationId, $"episode:{payload.EpisodeId}", tick.ToUnixTimeSeconds(), IncidentPayload.Handler, "self", payload, tick, cancel);
    }
}
