using System.Text.Json;
using SreBot.Adapters.Chat;
using SreBot.Model;
using SreBot.Postgres;

namespace SreBot.Delivery;

/// <summary>Sends a row down the road of its target's kind, once nothing speaks against telling that target.</summary>
/// <param name="receivers">The roads that are not a chat; null: there are none.</param>
internal sealed class NotifyHandler(PostgresDatabase postgres, PostedMessages posted, IEnumerable<IChatPoster> posters, ReceiverRoads? receivers = null) : IOutboxHandler
{
    private readonly ChatNotifier chat = new(posted, posters);

    public string Name => NotifyPayload.Handler;

    public async Task<OutboxOutcome> HandleAsync(OutboxItem item, CancellationToken cancel)
    {
        var payload = JsonSerializer.Deserialize<NotifyPayload>(item.Payload, SreJson.Options) ?? throw new JsonException("It is null.");
        var target = NotifyTarget.Parse(item.Target);
        if (target.Kind != NotifyTargetKind.Chat)
        {
            return receivers is null ? NotConnected(target) : await receivers.SendAsync(item, payload, target, cancel);
        }

        if (!chat.Reaches(target.Word))
        {
            return NotConnected(target);
        }

        return await RefusalAsync(item, payload, cancel) is { } refusal
            ? new OutboxOutcome.GaveUp(refusal)
            : await chat.SendAsync(item, payload, NotifyTarget.Chat(item.Target), cancel);
    }

    private static OutboxOutcome.GaveUp NotConnected(NotifyTarget target) => new($"{target.Word} is not connected here.");

    private async Task<string?> RefusalAsync(OutboxItem item, NotifyPayload payload, CancellationToken cancel)
    {
        await using var session = await postgres.BeginAsync(item.OrganizationId, cancel);
        return await TargetGuard.RefusalAsync(session, item.OrganizationId, item.Target, payload.Projects ?? [], payload.Filter ?? [], cancel);
    }
}
