using System.Text.Json;
using SreBot.Delivery;
using SreBot.Model;
using SreBot.Postgres;

namespace SreBot.Incidents;

/// <summary>Carries on the incidents of episodes: findings, reminders, the end.</summary>
internal sealed class IncidentHandler(PostgresDatabase postgres, IEpisodeLookup episodes) : IOutboxHandler
{
    public const string Bot = "sre-bot";

    public string Name => IncidentPayload.Handler;

    public Task<OutboxOutcome> HandleAsync(OutboxItem item, CancellationToken cancel)
    {
        var payload = JsonSerializer.Deserialize<IncidentPayload>(item.Payload, SreJson.Options) ?? throw new JsonException("It is null.");
        return payload.Change switch
        {
            IncidentChange.Repeated or IncidentChange.Kept => Task.FromResult<OutboxOutcome>(new OutboxOutcome.Delivered()),
            IncidentChange.Resolved => ResolveAsync(item.OrganizationId, payload, cancel),
            _ => AddFindingAsync(item.OrganizationId, payload, cancel),
        };
    }

    private async Task<OutboxOutcome> ResolveAsync(long organizationId, IncidentPayload payload, CancellationToken cancel)
    {
        var episode = await episodes.FindAsync(organizationId, payload.EpisodeId, cancel);
        await using var session = await postgres.BeginAsync(organizationId, cancel);
        if (await IncidentStore.OfEpisodeAsync(session, payload.EpisodeId, cancel) is not { } incident)
        {
            return new OutboxOutcome.GaveUp("The episode has no incident.");
        }

        if (!incident.IsResolved)
        {
            var saved = await IncidentStore.SaveAsync(session, incident with { Status = "resolved", ResolvedAt = payload.At.UtcDateTime, ResolvedBy = Bot }, cancel);
            var worst = episode?.WorstValue is { } value ? $"; the worst was {value}" : "";
            var sentence = $"{IncidentNumber.Text(incident.Id)} is resolved after {Length(payload.At.UtcDateTime - incident.StartedAt)}{worst}.";
            await IncidentStore.AddEventAsync(session, saved, payload.At, Bot, $"resolved{worst}", cancel);
            await IncidentNotices.AddAsync(session, saved, IncidentMessage.Change(sentence), payload.At, cancel);
            await session.CommitAsync(cancel);
        }

        return new OutboxOutcome.Delivered();
    }

    private async Task<OutboxOutcome> AddFindingAsync(long organizationId, IncidentPayload payload, CancellationToken cancel)
    {
        await using var session = await postgres.BeginAsync(organizationId, cancel);
        var incident = payload.IncidentId is { } id ? await IncidentStore.OfIdAsync(session, id, cancel) : await IncidentStore.OfEpisodeAsync(session, payload.EpisodeId, cancel);
        if (incident is null)
        {
            return new OutboxOutcome.GaveUp("The incident is not there.");
        }

        if (incident.Finding != payload.Finding || incident.InvestigationId != payload.InvestigationId)
        {
            var saved = await IncidentStore.SaveAsync(session, incident with { Finding = payload.Finding, InvestigationId = payload.InvestigationId }, cancel);
            await IncidentStore.AddEventAsync(session, saved, payload.At, Bot, $"first diagnosis: {payload.Finding}", cancel);
            await IncidentNotices.AddAsync(session, saved, IncidentMessage.FindingChange(saved), payload.At, cancel);
            await session.CommitAsync(cancel);
        }

        return new OutboxOutcome.Delivered();
    }

    private static string Length(TimeSpan time) => time.TotalMinutes < 120 ? $"{Math.Max(1, (int)time.TotalMinutes)} min" : $"{time.TotalHours:0.#} h";
}
