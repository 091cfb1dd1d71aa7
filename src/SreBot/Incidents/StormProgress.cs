using SreBot.Delivery;
using SreBot.Model;
using SreBot.Postgres;

namespace SreBot.Incidents;

/// <summary>The end of a storm, member by member, in one transaction.</summary>
/// <param name="storm">Held by the session.</param>
internal sealed class StormProgress(PostgresSession session, Incident storm)
{
    /// <summary>Members that end together are shown together.</summary>
    private static readonly TimeSpan Together = TimeSpan.FromSeconds(5);

    /// <summary>A member is over; with the last of them the storm is.</summary>
    /// <param name="at">The tick at which it ended.</param>
    public async Task EndAsync(Guid episodeId, DateTimeOffset at, DateTimeOffset now, CancellationToken cancel)
    {
        var open = await IncidentMembers.EndAsync(session, storm.Id, episodeId, at, cancel);
        if (storm.IsResolved)
        {
            return;
        }

        if (open == 0)
        {
            await IncidentHandler.EndAsync(session, storm, at, "resolved: all of its alerts are over",
                $"{storm.Number} is resolved after {IncidentHandler.Length(at.UtcDateTime - storm.StartedAt)}: all of its alerts are over.", cancel);
            return;
        }

        var due = new DateTimeOffset((now.UtcTicks / Together.Ticks * Together.Ticks) + Together.Ticks, TimeSpan.Zero); // later than now, so that it is still to come
        await Outbox.AddAsync(session, storm.OrganizationId, $"storm:{storm.Id}", due.ToUnixTimeSeconds(), StormPayload.Handler, "self", new StormPayload(storm.Id), due, cancel);
    }
}
