using SreBot.Adapters.Chat;
using SreBot.Alerts.Rules;
using SreBot.Evidence;
using SreBot.Model;

namespace SreBot.Alerts;

/// <summary>The commands that look and change nothing.</summary>
internal sealed class AlertLooks(AlertParts parts, StepRecorderFactory recorders)
{
    private const int LastShown = 5;
    private const int HistoryShown = 50;
    private const int GroupsShown = 10;

    /// <summary>Null: the command changes something.</summary>
    /// <exception cref="SreException">Its message is the answer.</exception>
    public async Task<ChatReply?> FindAsync(AlertCommand command, Caller caller, CancellationToken cancel) => command switch
    {
        AlertCommand.List list => AlertReplies.List(await parts.Store.ListAsync(caller.Scope, cancel), list),
        AlertCommand.Show show => AlertReplies.Show(await ViewAsync(caller.Scope, show.Name, cancel)),
        AlertCommand.History history => await HistoryAsync(caller.Scope, history.Name, cancel),
        AlertCommand.Why why => await RecordedAsync($"Why did the alert \"{why.Name}\" fire{(why.Time is null ? "" : $" {why.Time}")}?", caller, context => parts.Why.RunAsync(context, why.Name, why.Time, cancel), cancel),
        AlertCommand.Test { IsSent: false } test => await TestAsync(test.Name, caller, cancel),
        AlertCommand.Backtest backtest => await Backtests.RunAsync(caller, await RuleAsync(caller.Scope, backtest.Name, backtest.Draft, cancel), backtest.Past, cancel),
        AlertCommand.Suggest suggest => await Backtests.SuggestAsync(caller, await RuleAsync(caller.Scope, suggest.Name, suggest.Draft, cancel), suggest.Past, cancel),
        AlertCommand.Silences => await SilencesAsync(caller.Scope, cancel),
        _ => null,
    };

    private IAlertBacktests Backtests => parts.Backtests ?? throw new SreException(SreErrorKind.Unavailable, "Rules cannot be back-tested here.");

    public async Task<AlertView> ViewAsync(AccessScope scope, string name, CancellationToken cancel)
    {
        var standing = await parts.Store.FindAsync(scope, name, cancel);
        var groups = await parts.History.GroupsAsync(scope, standing.Rule, GroupsShown + 1, cancel);
        return new AlertView(standing, scope.TelemetryDatabase)
        {
            Groups = [.. groups.Take(GroupsShown)],
            HasMoreGroups = groups.Count > GroupsShown,
            History = await parts.History.LastAsync(scope, standing.Rule, LastShown, cancel),
            Subscribers = await parts.Subscriptions.TargetsAsync(scope, standing.Rule, cancel),
            HasBacktests = parts.Backtests is not null,
        };
    }

    private async Task<ChatReply> HistoryAsync(AccessScope scope, string name, CancellationToken cancel)
    {
        var rule = (await parts.Store.FindAsync(scope, name, cancel)).Rule;
        return AlertReplies.HistoryOf(rule, await parts.History.LastAsync(scope, rule, HistoryShown, cancel));
    }

    private async Task<ChatReply> TestAsync(string name, Caller caller, CancellationToken cancel)
    {
        var rule = (await parts.Store.FindAsync(caller.Scope, name, cancel)).Rule;
        return await RecordedAsync($"What does the alert \"{rule.Name}\" say now?", caller, context => parts.Trial.RunAsync(context, rule, cancel), cancel);
    }

    private async Task<ChatReply> SilencesAsync(AccessScope scope, CancellationToken cancel)
    {
        var now = parts.Time.GetUtcNow();
        var names = (await parts.Store.RulesAsync(scope, cancel)).ToDictionary(rule => rule.Id, rule => rule.Name);
        return AlertReplies.Silences(await parts.Silences.ListAsync(scope, now, cancel), id => names.GetValueOrDefault(id), now);
    }

    private async Task<AlertRule> RuleAsync(AccessScope scope, string? name, AlertRule? draft, CancellationToken cancel) => draft ?? (await parts.Store.FindAsync(scope, name!, cancel)).Rule;

    /// <summary>An answer whose reads can be looked up.</summary>
    private async Task<ChatReply> RecordedAsync(string question, Caller caller, Func<ToolContext, Task<ToolResult>> run, CancellationToken cancel)
    {
        var recorder = await recorders.StartAsync(question, caller, null, cancel);
        try
        {
            var result = await run(new ToolContext(caller, recorder, parts.Time.GetUtcNow(), new Silent()));
            var reply = new ChatReply { Summary = result.Summary, Blocks = result.Blocks };
            await recorder.SaveAsync(reply, cancel);
            return reply;
        }
        catch
        {
            await recorder.SaveAfterFailureAsync();
            throw;
        }
    }

    private sealed class Silent : IProgress<string>
    {
        public void Report(string value)
        {
            // A command answers at once.
        }
    }
}
