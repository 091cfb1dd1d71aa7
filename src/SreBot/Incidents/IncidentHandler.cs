using System.Text.Json;
using SreBot.Delivery;
using SreBot.Model;
using SreBot.Postgres;

namespace SreBot.Incidents;

/// <summary>Carries on the incidents of episodes: findings, reminders, the end, what was kept.</summary>
internal sealed class IncidentHandler(PostgresDatabase postgres, IEpisodeLookup episodes, TimeProvider time) : IOutboxHandler
{
    public const string Bot = "sre-bot";

    private const string KeptEvent = "kept the investigation";

    public string Name => IncidentPayload.Handler;

    public async Task<OutboxOutcome> HandleAsync(OutboxItem item, CancellationToken cancel)
    {
        var payload = JsonSerializer.Deserialize<IncidentPayload>(item.Payload, SreJson.Options) ?? throw new JsonException("It is null.");
        var episode = payload.IncidentId is null ? await episodes.FindAsync(item.OrganizationId, payload.EpisodeId, cancel) : null;
        await using var session = await postgres.BeginAsync(item.OrganizationId, cancel);
        var incident = payload.IncidentId is { } id ? await IncidentStore.OfIdAsync(session, id, cancel) : await IncidentStore.OfEpisodeAsync(session, payload.EpisodeId, cancel);
        switch (payload.Change, incident)
        {
            case (_, null) when episode is not null:
                return new OutboxOutcome.TryAgain("The incident of the episode is not open yet.");
            case (_, null):
                return new OutboxOutcome.GaveUp("The incident is not there.");
            case (IncidentChange.Resolved, { IsStorm: true }):
                await new StormProgress(session, incident).EndAsync(payload.EpisodeId, payload.At, time.GetUtcNow(), cancel);
                break;
            case (IncidentChange.Resolved, { IsResolved: false }):
                await EndAsync(session, incident, payload.At, episode?.WorstValue, cancel);
                break;
            case (IncidentChange.Repeated, { Status: "open" }) when !incident.IsSnoozed(payload.At):
                await RemindAsync(session, incident, payload.At, episode?.WorstValue, cancel);
                break;
            case (IncidentChange.Findings, _) when incident.Finding != payload.Finding || incident.InvestigationId != payload.InvestigationId:
                await AddFindingAsync(session, incident, payload, cancel);
                break;
            case (IncidentChange.Kept, _) when !await IncidentStore.HasEventAsync(session, incident, null, KeptEvent, cancel):
                await KeepAsync(session, incident, payload.At, cancel);
                break;
        }

        await session.CommitAsync(cancel);
        return new OutboxOutcome.Delivered();
    }

    private static Task EndAsync(PostgresSession session, Incident incident, DateTimeOffset at, string? worstValue, CancellationToken cancel)
    {
        var worst = worstValue is { } value ? $"; the worst was {value}" : "";
        return EndAsync(session, incident, at, $"resolved{worst}", $"{incident.Number} is resolved after {Length(at.UtcDateTime - incident.StartedAt)}{worst}.", cancel);
    }

    /// <summary>SreBot saw its end.</summary>
    public static async Task EndAsync(PostgresSession session, Incident incident, DateTimeOffset at, string what, string sentence, CancellationToken cancel)
    {
        var saved = await IncidentStore.SaveAsync(session, incident with { Status = "resolved", ResolvedAt = at.UtcDateTime, ResolvedBy = Bot, SnoozedUntil = null, SnoozedBy = null }, cancel);
        await IncidentStore.AddEventAsync(session, saved, at, Bot, what, cancel);
        await IncidentNotices.AddAsync(session, saved, new IncidentNotice("resolved", at, sentence), cancel);
        await IncidentKeeping.AskAsync(session, saved, at, cancel);
    }

    /// <summary>Once a tick, however many members of a storm ask for it.</summary>
    private static async Task RemindAsync(PostgresSession session, Incident incident, DateTimeOffset at, string? worstValue, CancellationToken cancel)
    {
        const string What = "said again";
        if (await IncidentStore.HasEventAsync(session, incident, at, What, cancel))
        {
            return;
        }

        var worst = worstValue is { } value && !incident.IsStorm ? $"; the worst was {value}" : "";
        var saved = await IncidentStore.SaveAsync(session, incident with { Reminders = incident.Reminders + 1 }, cancel);
        await IncidentStore.AddEventAsync(session, saved, at, Bot, What, cancel);
        await IncidentNotices.AddAsync(session, saved, new IncidentNotice("repeated", at,
            $"Reminder: {saved.Number} is still open after {Length(at.UtcDateTime - saved.StartedAt)}, and nobody has acknowledged it{worst}."), cancel);
    }

    private static async Task AddFindingAsync(PostgresSession session, Incident incident, IncidentPayload payload, CancellationToken cancel)
    {
        var saved = await IncidentStore.SaveAsync(session, incident with { Finding = payload.Finding, InvestigationId = payload.InvestigationId }, cancel);
        await IncidentStore.AddEventAsync(session, saved, payload.At, Bot, $"first diagnosis: {payload.Finding}", cancel);
        if (!saved.IsSnoozed(payload.At)) // it is in the message when the snooze is over
        {
            await IncidentNotices.AddAsync(session, saved, new IncidentNotice("diagnosed", payload.At, IncidentMessage.FindingChange(saved, payload.Chart)), cancel);
        }

        await IncidentKeeping.AskAsync(session, saved, payload.At, cancel);
    }

    private static async Task KeepAsync(PostgresSession session, Incident incident, DateTimeOffset at, CancellationToken cancel)
    {
        var saved = await IncidentStore.SaveAsync(session, incident, cancel);
        await IncidentStore.AddEventAsync(session, saved, at, Bot, KeptEvent, cancel);
        await IncidentNotices.AddAsync(session, saved, new IncidentNotice("kept", at, IncidentMessage.KeptChange(saved)), cancel);
    }

    public static string Length(TimeSpan time) => time.TotalMinutes < 120 ? $"{Math.Max(1, (int)time.TotalMinutes)} min" : $"{time.TotalHours:0.#} h";
}
