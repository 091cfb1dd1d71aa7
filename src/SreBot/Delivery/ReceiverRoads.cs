using System.Security.Cryptography;
using Dapper;
using SreBot.Delivery.Receivers;
using SreBot.Model;
using SreBot.Postgres;

namespace SreBot.Delivery;

/// <summary>The roads to receivers that are not a chat: each row is sent, in its order, when its receiver may be told of its projects.</summary>
internal sealed class ReceiverRoads(PostgresDatabase postgres, ReceiverSecrets secrets, IEnumerable<INotifier> notifiers)
{
    private readonly Dictionary<NotifyTargetKind, INotifier> notifiersByKind = notifiers.ToDictionary(notifier => notifier.Kind);

    private const string OvertakenSql = """
        SELECT EXISTS (
            SELECT FROM outbox
            WHERE organization_id = @OrganizationId AND subject = @Subject AND target = @Target AND handler = @Handler AND sequence > @Sequence AND status = 'done')
        """;

    public async Task<OutboxOutcome> SendAsync(OutboxItem item, NotifyPayload payload, NotifyTarget target, CancellationToken cancel)
    {
        if (!notifiersByKind.TryGetValue(target.Kind, out var notifier))
        {
            return new OutboxOutcome.GaveUp($"{target.Word} is not connected here.");
        }

        Receiver receiver;
        bool isOvertaken;
        await using (var session = await postgres.BeginAsync(item.OrganizationId, cancel))
        {
            if (await TargetGuard.RefusalAsync(session, item.OrganizationId, item.Target, payload.Projects ?? [], cancel) is { } refusal)
            {
                return new OutboxOutcome.GaveUp(refusal);
            }

            receiver = (await ReceiverRows.FindAsync(session, item.OrganizationId, target.ToString(), cancel))!;
            isOvertaken = await session.Connection.QuerySingleAsync<bool>(session.Command(OvertakenSql, new { item.OrganizationId, item.Subject, item.Target, item.Handler, item.Sequence }, cancel));
        }

        var facts = payload.Facts ?? FactsOf(item, payload);
        return notifier.Tells(facts)
            ? await SendAsync(notifier, item, payload, facts, receiver, isOvertaken, cancel)
            : new OutboxOutcome.Delivered();
    }

    private async Task<OutboxOutcome> SendAsync(INotifier notifier, OutboxItem item, NotifyPayload payload, NotifyFacts facts, Receiver receiver, bool isOvertaken,
        CancellationToken cancel)
    {
        try
        {
            var open = receiver with { Secret = receiver.Secret is { } secret ? secrets.Open(item.OrganizationId, secret) : null };
            return await notifier.SendAsync(new Notification(item, payload, facts, open, isOvertaken), cancel);
        }
        catch (CryptographicException)
        {
            return new OutboxOutcome.GaveUp($"The secret of {item.Target} was kept with other keys and cannot be read; an admin adds it anew, after: receiver remove {item.Target}");
        }
    }

    /// <summary>A row without facts says what its message says.</summary>
    private static NotifyFacts FactsOf(OutboxItem item, NotifyPayload payload) => new()
    {
        Event = payload.Change is null ? "opened" : "changed",
        Key = item.Subject,
        Title = (payload.Change ?? payload.Message).Summary,
        Severity = "warning",
        Projects = payload.Projects ?? [],
        At = item.CreatedAt,
    };
}
