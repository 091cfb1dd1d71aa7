using SreBot.Access;
using SreBot.Adapters.Chat;
using SreBot.Delivery;
using SreBot.Model;
using SreBot.Postgres;

namespace SreBot.Incidents;

/// <summary>The click on what the planner offered to do to an incident.</summary>
internal sealed class IncidentConfirm(PostgresDatabase postgres, ConfirmationStore confirmations, IncidentChanges changes, OutboxSignal signal) : IActionHandler
{
    public const string ButtonVerb = "incident.confirm";

    public string Verb => ButtonVerb;

    public async Task<ChatReply> HandleAsync(string value, Caller caller, CancellationToken cancel)
    {
        await using var session = await postgres.BeginAsync(caller.Scope, cancel);
        var plan = await confirmations.TakeAsync<IncidentPlan>(session, caller, Verb, value, cancel);
        var sentence = await changes.DoAsync(session, caller, plan.IncidentId, plan.ToAct(), cancel);
        await session.CommitAsync(cancel);
        signal.Set();
        return ChatReply.Of(sentence);
    }
}
