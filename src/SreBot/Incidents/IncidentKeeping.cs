using SreBot.Delivery;
using SreBot.Model;
using SreBot.Postgres;

namespace SreBot.Incidents;

/// <summary>Has the investigation of a resolved incident kept, whichever came first, its end or the diagnosis.</summary>
internal static class IncidentKeeping
{
    public static Task AskAsync(PostgresSession session, Incident incident, DateTimeOffset now, CancellationToken cancel) => incident is { IsResolved: true, InvestigationId: not null }
        ? Outbox.AddAsync(session, incident.OrganizationId, IncidentNotices.Subject(incident), incident.Version, KeepPayload.Handler, "self", new KeepPayload(incident.Id), now, cancel)
        : Task.CompletedTask;
}
