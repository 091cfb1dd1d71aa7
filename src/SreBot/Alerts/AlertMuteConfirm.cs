using SreBot.Access;
using SreBot.Adapters.Chat;
using SreBot.Model;
using SreBot.Postgres;

namespace SreBot.Alerts;

/// <summary>The click that mutes a rule.</summary>
internal sealed class AlertMuteConfirm(PostgresDatabase postgres, ConfirmationStore confirmations, TimeProvider time) : IActionHandler
{
    public const string ButtonVerb = "alert.mute.confirm";

    public string Verb => ButtonVerb;

    public async Task<ChatReply> HandleAsync(string value, Caller caller, CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        await using var session = await postgres.BeginAsync(caller.Scope, cancel);
        var plan = await confirmations.TakeAsync<AlertMutePlan>(session, caller, Verb, value, cancel);
        await AlertStore.MuteAsync(session, caller.Scope, plan.AlertId, now + plan.Time, caller.Principal.Name, now, cancel);
        await session.CommitAsync(cancel);
        return ChatReply.Of($"\"{plan.Name}\" is muted until {AlertReplies.Time(now + plan.Time)} UTC; what is still triggered then is told then.");
    }
}
