using SreBot.Access;
using SreBot.Adapters.Chat;
using SreBot.Alerts.Rules;
using SreBot.Alerts.Silences;
using SreBot.Alerts.States;
using SreBot.Model;

namespace SreBot.Alerts;

/// <summary>Makes the plans that a person confirms with a click.</summary>
internal sealed class AlertPlans(AlertParts parts, ConfirmationStore confirmations)
{
    private static readonly TimeSpan Past = TimeSpan.FromDays(7);

    public async Task<ToolResult> CreateAsync(ToolContext context, AlertWish wish, CancellationToken cancel)
    {
        context.Scope.Require(Role.Sre, "create alerts");
        if (wish.Projects.Except(context.Scope.Projects).FirstOrDefault() is { } outside)
            throw new SreException(SreErrorKind.Forbidden, $"There is no {outside} that you can see here.");

        var rule = wish.ToRule(await AlertCommands.DefaultsAsync(parts, "create", context.Caller, cancel));
        parts.Store.RequireRecorded(context.Scope, rule);
        var past = await PastAsync(context, rule, cancel);
        var summary = $"Shall I set this alert? {AlertText.Sentence(rule)}{(past is null ? "" : $" {past.Summary}")}";
        var step = await context.Steps.KeepAsync("Which rule was asked for?", context.Scope, "the planned alert rule", Table([new AlertStanding(rule, AlertPhase.Resolved, null, null, 0)]), cancel);
        step.Conclusion = summary;
        var plan = await confirmations.KeepAsync(context.Caller, AlertCreateConfirm.ButtonVerb, rule, cancel);
        return new ToolResult(summary,
            [
                new ReplySection { Title = $"Set the alert \"{rule.Name}\"?", Paragraphs = [AlertText.Sentence(rule), .. past is null ? (ReplyText[])[] : [past.Summary], ReplyText.Of(ReplyRun.Code(AlertText.Command(rule)))] },
                .. past is null ? (IEnumerable<ReplyBlock>)[] : past.Blocks.OfType<ReplyChart>().Take(1),
                AlertReplies.Told(rule, []),
                new ReplyButtons([new ReplyButton("Set it", AlertCreateConfirm.ButtonVerb, plan.ToString(), ReplyButtonStyle.Primary)]),
            ],
            new { rule = AlertText.Sentence(rule), past = past?.Summary, status = "waits for the person's click" });
    }

    /// <summary>What the rule would have said; null where that cannot be told, which keeps nobody from setting it.</summary>
    private async Task<ChatReply?> PastAsync(ToolContext context, AlertRule rule, CancellationToken cancel)
    {
        if (parts.Backtests is null)
            return null;

        context.Progress.Report("Trying the rule on the past week");
        try
        {
            return await parts.Backtests.RunAsync(context.Caller, rule, Past, cancel);
        }
        catch (SreException)
        {
            return null;
        }
    }

    /// <summary>Plans a command of the grammar, which is read now and again when it is confirmed.</summary>
    public async Task<ToolResult> CommandAsync(ToolContext context, string text, CancellationToken cancel)
    {
        var command = AlertGrammar.Parse(text, await AlertCommands.DefaultsAsync(parts, text, context.Caller, cancel));
        var (question, button) = Question(command);
        if (command is not AlertCommand.Subscribe)
            context.Scope.Require(Role.Sre, $"{button.Split(' ')[0].ToLowerInvariant()} alerts");

        var plan = await confirmations.KeepAsync(context.Caller, AlertCommandConfirm.ButtonVerb, new AlertCommandPlan(text), cancel);
        var step = await context.Steps.KeepAsync("Which change was asked for?", context.Scope, "the planned change", new StepTable(["command"], [[$"alert {text}"]]), cancel);
        step.Conclusion = question;
        return new ToolResult(question,
            [
                new ReplySection { Paragraphs = [question, ReplyText.Of(ReplyRun.Code($"alert {text}"))] },
                new ReplyButtons([new ReplyButton(button, AlertCommandConfirm.ButtonVerb, plan.ToString(), command is AlertCommand.Delete ? ReplyButtonStyle.Danger : ReplyButtonStyle.Primary)]),
            ],
            new { command = $"alert {text}", status = "waits for the person's click" });
    }

    private static (string Question, string Button) Question(AlertCommand command) => command switch
    {
        AlertCommand.Edit edit => ($"Shall I change \"{edit.Before.Name}\"? It would be: {AlertText.Sentence(edit.After)}", "Change it"),
        AlertCommand.Mute mute => ($"Shall I mute \"{mute.Name}\" for {AlertDuration.Text(mute.Time)}?", "Mute it"),
        AlertCommand.Hold hold => ($"Shall I silence {SilenceText.What(hold.Silence, null)}, {SilenceText.When(hold.Silence)}?", "Silence them"),
        AlertCommand.Delete delete => ($"Shall I delete \"{delete.Name}\"?", "Delete it"),
        AlertCommand.Subscribe subscribe => ($"Shall I tell you of \"{subscribe.Name}\"{(subscribe.Target is { } target ? $" at {target}" : "")}?", "Subscribe me"),
        _ => throw new SreException(SreErrorKind.Invalid, "That needs no confirmation; say it as a command."),
    };

    public static StepTable Table(IReadOnlyList<AlertStanding> all) => new(["name", "rule", "threshold", "window_minutes", "state", "open_groups", "value"],
        [.. all.Select(standing => (IReadOnlyList<object?>)[
            standing.Rule.Name, AlertText.Command(standing.Rule), standing.Rule.Threshold, (long)standing.Rule.Window.TotalMinutes,
            AlertNames.Of(standing.Phase), (long)standing.OpenGroups, standing.Value])]);
}
