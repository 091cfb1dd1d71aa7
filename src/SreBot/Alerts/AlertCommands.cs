using SreBot.Adapters.Chat;
using SreBot.Alerts.Rules;
using SreBot.Model;

namespace SreBot.Alerts;

/// <summary>The commands <c>alert …</c>.</summary>
internal sealed class AlertCommands(AlertStore store, AlertRemoval removal, TimeProvider time) : ICommandHandler
{
    /// <summary>The state changes that <c>show</c> tells.</summary>
    private const int HistoryShown = 5;

    public string Verb => "alert";

    public IReadOnlyList<string> Examples => AlertGrammar.Examples;

    public async Task<ChatReply> HandleAsync(string text, Caller caller, CancellationToken cancel)
    {
        var scope = caller.Scope;
        var now = time.GetUtcNow();
        switch (AlertGrammar.Parse(text, new AlertDefaults(scope.Projects, scope.Conditions, caller.Address?.ToTarget())))
        {
            case AlertCommand.Create create:
                return AlertReplies.Created(await store.CreateAsync(scope, create.Rule, caller.Principal.Name, now, cancel));
            case AlertCommand.Show show:
                var shown = await store.FindAsync(scope, show.Name, cancel);
                return AlertReplies.Show(shown, await store.TransitionsAsync(scope, shown.Rule, HistoryShown, cancel));
            case AlertCommand.Mute mute:
                var muted = (await store.FindAsync(scope, mute.Name, cancel)).Rule;
                await store.MuteAsync(scope, muted.Id, now + mute.Time, caller.Principal.Name, now, cancel);
                return ChatReply.Of($"\"{muted.Name}\" is muted until {AlertReplies.Time(now + mute.Time)} UTC; what is still triggered then is told then.");
            case AlertCommand.Delete delete:
                var gone = (await store.FindAsync(scope, delete.Name, cancel)).Rule;
                await removal.DeleteAsync(scope, gone, now, cancel);
                return ChatReply.Of($"\"{gone.Name}\" is deleted; it was: {AlertText.Command(gone)}");
            default:
                return AlertReplies.List(await store.ListAsync(scope, cancel));
        }
    }
}
