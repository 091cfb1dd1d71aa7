using SreBot.Adapters.Chat;
using SreBot.Model;

namespace SreBot.Incidents;

/// <summary>The incidents that are open, on a person's own page.</summary>
internal sealed class IncidentHome(IncidentStore store) : IHomeSection
{
    private const int Listed = 5;
    private const int Suggested = 2;

    public int Place => 1;

    public async Task<IReadOnlyList<ReplyBlock>> ShowAsync(Caller caller, CancellationToken cancel)
    {
        var open = await store.ListAsync(caller.Scope, new IncidentFilter("unresolved"), null, Listed + 1, cancel);
        return open.Count == 0
            ? [new ReplySection { Title = "Open incidents", Paragraphs = ["None. All is quiet."] }]
            : [new ReplySection { Title = "Open incidents" }, .. open.Take(Listed).SelectMany(incident => Show(incident, caller.Scope.Role >= Role.Sre)), .. More(open.Count)];
    }

    public async Task<IReadOnlyList<ChatPrompt>> SuggestAsync(Caller caller, CancellationToken cancel) =>
        [.. (await store.ListAsync(caller.Scope, new IncidentFilter("unresolved"), null, Suggested, cancel)).Select(incident => new ChatPrompt($"Why {incident.Number}?", $"what is the root cause of {incident.Number}?"))];

    private static IEnumerable<ReplyBlock> Show(Incident incident, bool mayAct)
    {
        yield return new ReplySection
        {
            Paragraphs = [ReplyText.Of(ReplyRun.Link(incident.Number, incident.Page), $" · {IncidentMessage.Status(incident)} · {incident.Severity} · since {incident.StartedAt:yyyy-MM-dd HH:mm} UTC"), ReplyText.Of(ReplyRun.Strong(incident.Title))],
        };
        if (mayAct && !incident.IsPart)
            yield return new ReplyButtons([.. Buttons(incident)]);
    }

    private static IEnumerable<ReplyButton> Buttons(Incident incident)
    {
        if (incident.Status == "open")
            yield return new ReplyButton("Acknowledge", IncidentAcknowledge.ButtonVerb, incident.Number, ReplyButtonStyle.Primary);
        if (incident.SnoozedUntil is null)
            yield return new ReplyButton("Snooze 1h", IncidentSnooze.ButtonVerb, $"{incident.Number} 1h");
        yield return new ReplyButton("Investigate", "ask", $"what is the root cause of {incident.Number}?");
    }

    private static IEnumerable<ReplyBlock> More(int count) => count > Listed ? [new ReplySection { IsNote = true, Paragraphs = ["There are more: incident list unresolved"] }] : [];
}
