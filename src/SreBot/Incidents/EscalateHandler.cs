using System.Text.Json;
using SreBot.Delivery;
using SreBot.Model;
using SreBot.Postgres;

namespace SreBot.Incidents;

/// <summary>Tells another target of an incident that nobody has acknowledged in time. What is snoozed waits for the end of the snooze.</summary>
internal sealed class EscalateHandler(PostgresDatabase postgres, TimeProvider time) : IOutboxHandler
{
    public string Name => EscalatePayload.Handler;

    public async Task<OutboxOutcome> HandleAsync(OutboxItem item, CancellationToken cancel)
    {
        var payload = JsonSerializer.Deserialize<EscalatePayload>(item.Payload, SreJson.Options) ?? throw new JsonException("It is null.");
        var now = time.GetUtcNow();
        await using var session = await postgres.BeginAsync(item.OrganizationId, cancel);
        switch (await IncidentStore.OfIdAsync(session, payload.IncidentId, cancel))
        {
            case { Status: "open" } incident when incident.IsSnoozed(now) && incident.SnoozedUntil is { } until:
                return until == DateTime.MaxValue ? new OutboxOutcome.Delivered() : new OutboxOutcome.TryAgain("It is snoozed.", new DateTimeOffset(until) - now);
            case { Status: "open" } incident when !incident.Targets.Contains(payload.Target):
                await EscalateAsync(session, incident, payload, now, cancel);
                await session.CommitAsync(cancel);
                break;
        }

        return new OutboxOutcome.Delivered();
    }

    private static async Task EscalateAsync(PostgresSession session, Incident incident, EscalatePayload payload, DateTimeOffset now, CancellationToken cancel)
    {
        if (incident.IsStorm)
        {
            await IncidentMembers.EscalateAsync(session, incident.Id, payload.Target, cancel);
        }

        var saved = await IncidentStore.SaveAsync(session, incident with { Targets = [.. incident.Targets, payload.Target] }, cancel);
        var sentence = $"nobody acknowledged it within {IncidentHandler.Length(payload.After)}, so {payload.Target} is told too";
        await IncidentStore.AddEventAsync(session, saved, now, IncidentHandler.Bot, $"escalated: {sentence}", cancel);
        await IncidentNotices.AddAsync(session, saved, new IncidentNotice("escalated", now, $"{saved.Number} is escalated: {sentence}."), cancel);
    }
}
