using System.Text.Json;
using SreBot.Delivery;
using SreBot.Model;
using SreBot.Postgres;

namespace SreBot.Incidents;

/// <summary>Turns the episodes of a tick into incidents: opened once, told to the rules' targets, investigated.</summary>
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

        foreach (var episode in announced)
        {
            await OpenAsync(item.OrganizationId, episode, payload.Tick, cancel);
        }

        return new OutboxOutcome.Delivered();
    }

    private async Task OpenAsync(long organizationId, EpisodeFacts episode, DateTimeOffset at, CancellationToken cancel)
    {
        await using var session = await postgres.BeginAsync(organizationId, cancel);
        if (await IncidentStore.OpenAsync(session, organizationId, episode.EpisodeId, episode, cancel) is { } incident)
        {
            await IncidentStore.AddEventAsync(session, incident, at, IncidentHandler.Bot, $"opened by the alert \"{episode.AlertName}\"", cancel);
            await IncidentNotices.AddAsync(session, incident, null, at, cancel);
            await Outbox.AddAsync(session, organizationId, IncidentNotices.Subject(incident), 1, InvestigatePayload.Handler, "self", new InvestigatePayload(incident.Id), at, cancel);
            await session.CommitAsync(cancel);
        }
    }
}
