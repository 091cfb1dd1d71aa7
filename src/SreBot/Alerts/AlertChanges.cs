using SreBot.Adapters.Chat;
using SreBot.Alerts.Rules;
using SreBot.Alerts.Silences;
using SreBot.Model;
using SreBot.Postgres;

namespace SreBot.Alerts;

/// <summary>The commands that change something.</summary>
internal sealed class AlertChanges(AlertParts parts, PostgresDatabase postgres)
{
    /// <exception cref="SreException">Its message is the answer.</exception>
    public async Task<ChatReply> DoAsync(AlertCommand command, Caller caller, CancellationToken cancel)
    {
        var (scope, by, now) = (caller.Scope, caller.Principal.Name, parts.Time.GetUtcNow());
        return command switch
        {
            AlertCommand.Create create => AlertReplies.Created(await parts.Store.CreateAsync(scope, create.Rule, by, now, cancel)),
            AlertCommand.CreateSlo slo => AlertReplies.Created(await parts.Store.CreateAsync(scope, slo.Rules, by, now, cancel)),
            AlertCommand.Edit edit => AlertReplies.Edited(edit.Before, await parts.Store.EditAsync(scope, edit.Before, edit.After, by, now, cancel)),
            AlertCommand.Enable enable => await EnableAsync(caller, enable, now, cancel),
            AlertCommand.Delete delete => await DeleteAsync(caller, delete.Name, now, cancel),
            AlertCommand.Mute mute => await MuteAsync(caller, mute, now, cancel),
            AlertCommand.Unmute unmute => await UnmuteAsync(caller, unmute.Name, now, cancel),
            AlertCommand.Hold hold => ChatReply.Of(SilenceText.Sentence(await parts.Silences.AddAsync(scope, hold.Silence, by, now, cancel), null)),
            AlertCommand.EndSilence end => ChatReply.Of($"Silence {(await parts.Silences.EndAsync(scope, end.Id, by, now, cancel)).Id} is ended; what is still triggered is told now."),
            AlertCommand.Subscribe subscribe => await SubscribeAsync(caller, subscribe, cancel),
            AlertCommand.Unsubscribe unsubscribe => await UnsubscribeAsync(caller, unsubscribe, cancel),
            AlertCommand.Test test => await parts.Trial.SendAsync(caller, await RuleAsync(caller, test.Name, cancel), cancel),
            AlertCommand.Acknowledge acknowledge => ChatReply.Of(await Opened.AcknowledgeAsync(caller, (await RuleAsync(caller, acknowledge.Name, cancel)).Id, cancel)),
            AlertCommand.Snooze snooze => ChatReply.Of(await Opened.SnoozeAsync(caller, (await RuleAsync(caller, snooze.Name, cancel)).Id, snooze.Time, cancel)),
            _ => throw new InvalidOperationException($"Nothing does {command.GetType().Name}."),
        };
    }

    private IIncidentActions Opened => parts.Incidents ?? throw new SreException(SreErrorKind.Unavailable, "There are no incidents here.");

    private async Task<AlertRule> RuleAsync(Caller caller, string name, CancellationToken cancel) => (await parts.Store.FindAsync(caller.Scope, name, cancel)).Rule;

    private async Task<ChatReply> EnableAsync(Caller caller, AlertCommand.Enable enable, DateTimeOffset now, CancellationToken cancel)
    {
        var rule = await RuleAsync(caller, enable.Name, cancel);
        var word = enable.IsEnabled ? "enabled" : "disabled";
        if (rule.IsEnabled == enable.IsEnabled)
            return ChatReply.Of($"\"{rule.Name}\" is {word} already.");

        await parts.Store.EditAsync(caller.Scope, rule, rule with { IsEnabled = enable.IsEnabled }, caller.Principal.Name, now, cancel);
        return ChatReply.Of($"\"{rule.Name}\" is {word}{(enable.IsEnabled ? "" : "; it is not evaluated, and what it has open ends")}.");
    }

    private async Task<ChatReply> DeleteAsync(Caller caller, string name, DateTimeOffset now, CancellationToken cancel)
    {
        var rule = await RuleAsync(caller, name, cancel);
        await parts.Removal.DeleteAsync(caller.Scope, rule, caller.Principal.Name, now, cancel);
        return ChatReply.Of($"\"{rule.Name}\" is deleted; it was: {AlertText.Command(rule)}");
    }

    private async Task<ChatReply> MuteAsync(Caller caller, AlertCommand.Mute mute, DateTimeOffset now, CancellationToken cancel)
    {
        var rule = await RuleAsync(caller, mute.Name, cancel);
        await using var session = await postgres.BeginAsync(caller.Scope, cancel);
        await AlertWrites.MuteAsync(session, caller.Scope, rule.Id, now + mute.Time, mute.Reason, caller.Principal.Name, now, cancel);
        await session.CommitAsync(cancel);
        return ChatReply.Of($"\"{rule.Name}\" is muted until {AlertReplies.Time(now + mute.Time)} UTC; what is still triggered then is told then.");
    }

    private async Task<ChatReply> UnmuteAsync(Caller caller, string name, DateTimeOffset now, CancellationToken cancel)
    {
        var rule = await RuleAsync(caller, name, cancel);
        return ChatReply.Of(await parts.Silences.UnmuteAsync(caller.Scope, rule, caller.Principal.Name, now, cancel) == 0
            ? $"\"{rule.Name}\" is not muted by itself; alert silences lists what holds it back." : $"\"{rule.Name}\" speaks again.");
    }

    private async Task<ChatReply> SubscribeAsync(Caller caller, AlertCommand.Subscribe subscribe, CancellationToken cancel)
    {
        var rule = await RuleAsync(caller, subscribe.Name, cancel);
        var target = subscribe.Target ?? await parts.Places.OfAsync(caller, rule.Name, cancel);
        await parts.Subscriptions.AddAsync(caller, rule, target, cancel);
        return ChatReply.Of($"You are told of \"{rule.Name}\" at {target}; end it with: alert unsubscribe me from {AlertWord.Write(rule.Name)}");
    }

    private async Task<ChatReply> UnsubscribeAsync(Caller caller, AlertCommand.Unsubscribe unsubscribe, CancellationToken cancel)
    {
        var rule = await RuleAsync(caller, unsubscribe.Name, cancel);
        return ChatReply.Of(await parts.Subscriptions.RemoveAsync(caller, rule, unsubscribe.Target, cancel) == 0
            ? $"You were not subscribed to \"{rule.Name}\"{(unsubscribe.Target is { } target ? $" at {target}" : "")}." : $"You are told of \"{rule.Name}\" no more.");
    }
}
