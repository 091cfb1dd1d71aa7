using SreBot.Access;
using SreBot.Adapters.Chat;
using SreBot.Model;
using SreBot.Postgres;

namespace SreBot.Alerts;

/// <summary>The click that carries out a planned change of a rule, a mute, a silence or a subscription.</summary>
internal sealed class AlertCommandConfirm(PostgresDatabase postgres, ConfirmationStore confirmations, AlertParts parts, AlertChanges changes) : IActionHandler
{
    public const string ButtonVerb = "alert.command.confirm";

    public string Verb => ButtonVerb;

    public async Task<ChatReply> HandleAsync(string value, Caller caller, CancellationToken cancel)
    {
        AlertCommandPlan plan;
        await using (var session = await postgres.BeginAsync(caller.Scope, cancel))
        {
            plan = await confirmations.TakeAsync<AlertCommandPlan>(session, caller, Verb, value, cancel);
            await session.CommitAsync(cancel);
        }

        return await changes.DoAsync(Rules.AlertGrammar.Parse(plan.Text, await AlertCommands.DefaultsAsync(parts, plan.Text, caller, cancel)), caller, cancel);
    }
}
