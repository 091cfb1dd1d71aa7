using SreBot.Adapters.Chat;
using SreBot.Delivery;
using SreBot.Model;
using SreBot.Postgres;

namespace SreBot.Incidents;

/// <summary>What people do to incidents; doing it twice is the same as once.</summary>
internal sealed class IncidentChanges(PostgresDatabase postgres, IncidentStore store, OutboxSignal signal, TimeProvider time)
{
    /// <summary>Stops repeats and escalation until the next episode.</summary>
    /// <returns>What happened, in one sentence.</returns>
    /// <exception cref="SreException">Forbidden, or NotFound.</exception>
    public Task<string> AcknowledgeAsync(Caller caller, long id, CancellationToken cancel) => DoAsync(caller, id, new IncidentAct.Acknowledge(), cancel);

    /// <returns>What happened, in one sentence.</returns>
    /// <exception cref="SreException">Forbidden, or NotFound.</exception>
    public Task<string> ResolveAsync(Caller caller, long id, CancellationToken cancel) => DoAsync(caller, id, new IncidentAct.Resolve(), cancel);

    /// <returns>What happened, in one sentence.</returns>
    /// <exception cref="SreException">Forbidden, NotFound, or Invalid.</exception>
    public async Task<string> DoAsync(Caller caller, long id, IncidentAct act, CancellationToken cancel)
    {
        await using var session = await postgres.BeginAsync(caller.Scope, cancel);
        var sentence = await DoAsync(session, caller, id, act, cancel);
        await session.CommitAsync(cancel);
        signal.Set();
        return sentence;
    }

    /// <summary>The same in the caller's transaction.</summary>
    public async Task<string> DoAsync(PostgresSession session, Caller caller, long id, IncidentAct act, CancellationToken cancel)
    {
        caller.Scope.Require(Role.Sre, act.Right);
        if (await store.GetAsync(caller.Scope, id, cancel) is { IsPart: true } part)
        {
            throw new SreException(SreErrorKind.Forbidden, $"{part.Number} also stands for alerts that cannot be seen here; somebody who sees all of its projects has to do that.");
        }

        var now = time.GetUtcNow();
        var (changed, sentence) = act.On((await IncidentStore.OfIdAsync(session, id, cancel))!, caller.Principal.Name, now);
        if (changed is not null)
        {
            await SaveAsync(session, changed, act, sentence, caller.Principal.Name, now, cancel);
        }

        return sentence;
    }

    private static async Task SaveAsync(PostgresSession session, Incident changed, IncidentAct act, string sentence, string who, DateTimeOffset now, CancellationToken cancel)
    {
        var saved = await IncidentStore.SaveAsync(session, changed, cancel);
        await IncidentStore.AddEventAsync(session, saved, now, who, What(act, saved), cancel);
        await IncidentNotices.AddAsync(session, saved, new IncidentNotice(act.Event, now, Reply(act, saved, sentence)), cancel);
        if (act is IncidentAct.Snooze { Time: not null } && saved.SnoozedUntil is { } until)
        {
            await Outbox.AddAsync(session, saved.OrganizationId, $"wake:{saved.Id}:{saved.Version}", 1, WakePayload.Handler, "self", new WakePayload(saved.Id, until), until, cancel);
        }

        if (saved.IsResolved)
        {
            await IncidentKeeping.AskAsync(session, saved, now, cancel);
        }
    }

    private static string What(IncidentAct act, Incident saved) => act switch
    {
        IncidentAct.Snooze => $"snoozed {IncidentMessage.Until(saved.SnoozedUntil!.Value)}",
        IncidentAct.Wake => "ended the snooze",
        IncidentAct.Ticket => saved.TicketUrl is { } url ? $"ticket {url}" : "took the ticket away",
        _ => saved.Status,
    };

    private static ChatReply Reply(IncidentAct act, Incident saved, string sentence) => act is IncidentAct.Ticket && saved.TicketUrl is { } url
        ? new ChatReply { Summary = sentence, Blocks = [new ReplySection { Paragraphs = [ReplyText.Of($"{saved.Number} has a ticket now: ", ReplyRun.Link(url, url))] }] }
        : IncidentMessage.Change(sentence);
}
