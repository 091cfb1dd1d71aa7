using SreBot.Adapters.Chat;
using SreBot.Model;

namespace SreBot.Incidents;

/// <summary>The button Snooze; its value is an incident and a time.</summary>
internal sealed class IncidentSnooze(IncidentChanges changes) : IActionHandler
{
    public const string ButtonVerb = "incident.snooze";

    public string Verb => ButtonVerb;

    public async Task<ChatReply> HandleAsync(string value, Caller caller, CancellationToken cancel)
    {
        var words = value.Split(' ', 2, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return ChatReply.Of(await changes.DoAsync(caller, IncidentNumber.Parse(words.FirstOrDefault() ?? ""), new IncidentAct.Snooze(SnoozeTime.Parse(words.ElementAtOrDefault(1))), cancel));
    }
}
