using SreBot.Adapters.Chat;
using SreBot.Delivery;
using SreBot.Model;
using SreBot.Postgres;

namespace SreBot.Incidents;

/// <summary>Hands an incident's new version to the outbox, for every channel that has its message.</summary>
internal static class IncidentNotices
{
    /// <summary>Of outbox rows and posted messages.</summary>
    public static string Subject(Incident incident) => $"incident:{incident.Id}";

    /// <param name="change">What to say in the thread; null with the first version.</param>
    public static async Task AddAsync(PostgresSession session, Incident incident, ChatReply? change, DateTimeOffset due, CancellationToken cancel)
    {
        var payload = new NotifyPayload(IncidentMessage.Of(incident), change, incident.Projects);
        foreach (var target in incident.Targets)
        {
            await Outbox.AddAsync(session, incident.OrganizationId, Subject(incident), incident.Version, NotifyPayload.Handler, target, payload, due, cancel);
        }
    }
}
