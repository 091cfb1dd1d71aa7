using SreBot.Adapters.Chat;
using SreBot.Model;

namespace SreBot.Incidents;

/// <summary>The button Acknowledge.</summary>
internal sealed class IncidentAcknowledge(IncidentChanges changes) : IActionHandler
{
    public const string ButtonVerb = "incident.acknowledge";

    public string Verb => ButtonVerb;

    public async Task<ChatReply> HandleAsync(string value, Caller caller, CancellationToken cancel) =>
        ChatReply.Of(await changes.AcknowledgeAsync(caller, IncidentNumber.Parse(value), cancel));
}
