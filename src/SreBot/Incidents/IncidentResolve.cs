using SreBot.Adapters.Chat;
using SreBot.Model;

namespace SreBot.Incidents;

/// <summary>The button Resolve.</summary>
internal sealed class IncidentResolve(IncidentChanges changes) : IActionHandler
{
    public const string ButtonVerb = "incident.resolve";

    public string Verb => ButtonVerb;

    public async Task<ChatReply> HandleAsync(string value, Caller caller, CancellationToken cancel) =>
        ChatReply.Of(await changes.ResolveAsync(caller, IncidentNumber.Parse(value), cancel));
}
