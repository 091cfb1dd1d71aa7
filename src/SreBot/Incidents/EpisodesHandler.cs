using System.Text.Json;
using SreBot.Delivery;
using SreBot.Model;
using SreBot.Postgres;

namespace SreBot.Incidents;

/// <summary>Turns the episodes of a tick into incidents: opened once, told to the rules' targets, investigated. What would flood a channel is one storm.
/// All of a tick is one transaction, so that a repeat finds all of it done or none.</summary>
internal sealed class EpisodesHandler(PostgresDatabase postgres, IEpisodeLookup episodes) : IOutboxHandler
{
    private static readonly TimeSpan UntilAllPassed = TimeSpan.FromMilliseconds(500);

    public string Name => EpisodesPayload.Handler;

    public async Task<OutboxOutcome> HandleAsync(OutboxItem item, CancellationToken cancel)
    {
        var payload = JsonSerializer.Deserialize<EpisodesPayload>(item.Payload, SreJson.Options) ?? throw new JsonException("It is null.");
        if (await episodes.AnnouncedAsync(item.OrganizationId, payload.Tick, cancel) is not { } announced)
        {
            return new OutboxOutcome.TryAgain("Not all rules have been evaluated at that minute yet.", UntilAllPassed);
        }

        await using var session = await postgres.BeginAsync(item.OrganizationId, cancel);
        await IncidentRows.TakeTurnAsync(session, item.OrganizationId, cancel);
        var known = await IncidentRows.KnownAsync(session, announced.Select(episode => episode.EpisodeId), cancel);
        var plan = StormPlan.Of([.. announced.Where(episode => !known.Contains(episode.EpisodeId))], await IncidentMembers.GrowingAsync(session, payload.Tick - StormPlan.Growing, cancel));
        await new IncidentOpening(session, item.OrganizationId, payload.Tick).OpenAsync(plan, cancel);
        await session.CommitAsync(cancel);
        return new OutboxOutcome.Delivered();
    }
}
