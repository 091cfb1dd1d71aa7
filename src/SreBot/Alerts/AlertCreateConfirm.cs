using SreBot.Access;
using SreBot.Adapters.Chat;
using SreBot.Alerts.Rules;
using SreBot.Model;
using SreBot.Postgres;

namespace SreBot.Alerts;

/// <summary>The click that creates a planned rule.</summary>
internal sealed class AlertCreateConfirm(PostgresDatabase postgres, ConfirmationStore confirmations, TimeProvider time) : IActionHandler
{
    public const string ButtonVerb = "alert.create.confirm";

    public string Verb => ButtonVerb;

    public async Task<ChatReply> HandleAsync(string value, Caller caller, CancellationToken cancel)
    {
        await using var session = await postgres.BeginAsync(caller.Scope, cancel);
        var draft = await confirmations.TakeAsync<AlertRule>(session, caller, Verb, value, cancel);
        var rule = await AlertWrites.CreateAsync(session, caller.Scope, draft, caller.Principal.Name, time.GetUtcNow(), cancel);
        await session.CommitAsync(cancel);
        return AlertReplies.Created(rule);
    }
}
