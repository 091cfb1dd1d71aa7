using System.Text.Json;
using SreBot.Delivery;
using SreBot.Model;
using SreBot.Postgres;

namespace SreBot.Incidents;

/// <summary>Says an incident again that is still open when its snooze is over.</summary>
internal sealed class WakeHandler(PostgresDatabase postgres, TimeProvider time) : IOutboxHandler
{
    public string Name => WakePayload.Handler;

    public async Task<OutboxOutcome> HandleAsync(OutboxItem item, CancellationToken cancel)
    {
        var payload = JsonSerializer.Deserialize<WakePayload>(item.Payload, SreJson.Options) ?? throw new JsonException("It is null.");
        var now = time.GetUtcNow();
        await using var session = await postgres.BeginAsync(item.OrganizationId, cancel);
        if (await IncidentStore.OfIdAsync(session, payload.IncidentId, cancel) is { IsResolved: false } incident && incident.SnoozedUntil == payload.Until.UtcDateTime)
        {
            var saved = await IncidentStore.SaveAsync(session, incident with { SnoozedUntil = null, SnoozedBy = null }, cancel);
            await IncidentStore.AddEventAsync(session, saved, now, IncidentHandler.Bot, "the snooze is over", cancel);
            await IncidentNotices.AddAsync(session, saved, new IncidentNotice("repeated", now, $"The snooze is over and {saved.Number} is still {saved.Status}: {saved.Title}."), cancel);
            await session.CommitAsync(cancel);
        }

        return new OutboxOutcome.Delivered();
    }
}
