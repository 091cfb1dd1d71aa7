using System.Text.Json;
using SreBot.Delivery;
using SreBot.Model;
using SreBot.Postgres;

namespace SreBot.Incidents;

/// <summary>Shows how many of a storm's members are over, in the message alone.</summary>
internal sealed class StormHandler(PostgresDatabase postgres, TimeProvider time) : IOutboxHandler
{
    public string Name => StormPayload.Handler;

    public async Task<OutboxOutcome> HandleAsync(OutboxItem item, CancellationToken cancel)
    {
        var payload = JsonSerializer.Deserialize<StormPayload>(item.Payload, SreJson.Options) ?? throw new JsonException("It is null.");
        var now = time.GetUtcNow();
        await using var session = await postgres.BeginAsync(item.OrganizationId, cancel);
        if (await IncidentStore.OfIdAsync(session, payload.IncidentId, cancel) is { IsResolved: false } storm && !storm.IsSnoozed(now))
        {
            var saved = await IncidentStore.SaveAsync(session, storm, cancel);
            await IncidentNotices.AddAsync(session, saved, new IncidentNotice("changed", now, Change: null), cancel);
            await session.CommitAsync(cancel);
        }

        return new OutboxOutcome.Delivered();
    }
}
