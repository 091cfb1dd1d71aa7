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
    public Task<string> AcknowledgeAsync(Caller caller, long id, CancellationToken cancel) => ChangeAsync(caller, id, "acknowledge incidents", incident => incident switch
    {
        { IsResolved: true } => (null, $"{IncidentNumber.Text(id)} is resolved already."),
        { AcknowledgedAt: { } at } => (null, $"{IncidentNumber.Text(id)} was acknowledged already by {incident.AcknowledgedBy}, {IncidentMessage.Time(at)}."),
        _ => (incident with { Status = "acknowledged", AcknowledgedAt = time.GetUtcNow().UtcDateTime, AcknowledgedBy = caller.Principal.Name },
            $"{IncidentNumber.Text(id)} is acknowledged by {caller.Principal.Name}."),
    }, cancel);

    /// <returns>What happened, in one sentence.</returns>
    /// <exception cref="SreException">Forbidden, or NotFound.</exception>
    public Task<string> ResolveAsync(Caller caller, long id, CancellationToken cancel) => ChangeAsync(caller, id, "resolve incidents", incident => incident.IsResolved
        ? (null, $"{IncidentNumber.Text(id)} was resolved already by {incident.ResolvedBy}, {IncidentMessage.Time(incident.ResolvedAt!.Value)}.")
        : (incident with { Status = "resolved", ResolvedAt = time.GetUtcNow().UtcDateTime, ResolvedBy = caller.Principal.Name },
            $"{IncidentNumber.Text(id)} is resolved by {caller.Principal.Name}."), cancel);

    private async Task<string> ChangeAsync(Caller caller, long id, string what, Func<Incident, (Incident? Changed, string Sentence)> change, CancellationToken cancel)
    {
        caller.Scope.Require(Role.Sre, what);
        await store.GetAsync(caller.Scope, id, cancel); // only what the caller sees
        await using var session = await postgres.BeginAsync(caller.Scope, cancel);
        var (changed, sentence) = change((await IncidentStore.OfIdAsync(session, id, cancel))!);
        if (changed is not null)
        {
            var saved = await IncidentStore.SaveAsync(session, changed, cancel);
            await IncidentStore.AddEventAsync(session, saved, time.GetUtcNow(), caller.Principal.Name, saved.Status, cancel);
            await IncidentNotices.AddAsync(session, saved, IncidentMessage.Change(sentence), time.GetUtcNow(), cancel);
            await session.CommitAsync(cancel);
            signal.Set();
        }

        return sentence;
    }
}
