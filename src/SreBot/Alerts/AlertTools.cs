using System.ComponentModel;
using SreBot.Access;
using SreBot.Adapters.Chat;
using SreBot.Alerts.Rules;
using SreBot.Alerts.States;
using SreBot.Model;
using SreBot.Telemetry;

namespace SreBot.Alerts;

/// <summary>The alert tools, bound to one question.</summary>
internal sealed class AlertTools(AlertStore store, ConfirmationStore confirmations, ToolContext context)
{
    /// <summary>The state changes that an explanation shows.</summary>
    private const int HistoryShown = 20;

    [Description("Lists the alert rules with their state.")]
    public async Task<ToolResult> ListAlerts(CancellationToken cancel)
    {
        var all = await store.ListAsync(context.Scope, cancel);
        var summary = all.Count == 0 ? $"There are no alerts yet. For example: {AlertGrammar.Example}" : AlertReplies.ListSummary(all);
        var step = await context.Steps.KeepAsync("Which alerts are there, and how do they stand?", context.Scope, "alert rules", StateTable(all), cancel);
        step.Conclusion = summary;
        return new ToolResult(summary, all.Count == 0 ? [] : [AlertReplies.ListTable(all)],
            new { alerts = all.Take(50).Select(standing => new { standing.Rule.Name, rule = AlertText.Sentence(standing.Rule), state = AlertReplies.State(standing) }) });
    }

    private static StepTable StateTable(IReadOnlyList<AlertStanding> all) => new(["name", "rule", "threshold", "window_minutes", "state", "open_groups", "value"],
        [.. all.Select(standing => (IReadOnlyList<object?>)[
            standing.Rule.Name, AlertText.Command(standing.Rule), standing.Rule.Threshold, (long)standing.Rule.Window.TotalMinutes,
            AlertNames.Of(standing.Phase), (long)standing.OpenGroups, standing.Value])]);

    [Description("Plans a new alert rule; the person creates it with a click.")]
    public async Task<ToolResult> CreateAlert(
        [Description("latency, error_rate, requests, cost, cpu or memory")] string metric,
        [Description("Threshold in the metric's unit: ms for latency, % for error_rate, cpu and memory, USD for cost")] double threshold,
        [Description("Such as max, p95, mean, sum, rate; omit for the usual one")] string? aggregate = null,
        [Description(">, >=, <, <=, == or !=")] string comparator = ">=",
        [Description("Window in whole minutes")] int windowMinutes = 5,
        [Description("How many minutes a breach must last")] int forMinutes = 0,
        [Description("How many quiet minutes before it is resolved")] int cooldownMinutes = 5,
        [Description("Fewer requests in the window prove nothing")] long minRequests = 0,
        [Description("Project ids; omit for all that can be seen")] string[]? projects = null,
        [Description("Conditions such as server_id = Server_9")] string[]? where = null,
        [Description("Dimensions such as server_id: a state for each value")] string[]? groupBy = null,
        [Description("info, warning or critical")] string severity = "warning",
        [Description("A name; omit to have one made")] string? name = null,
        CancellationToken cancel = default)
    {
        context.Scope.Require(Role.Sre, "create alerts");
        var rule = Draft(new AlertRule
        {
            Name = name ?? "",
            Projects = projects is { Length: > 0 } ? projects : context.Scope.Projects,
            Metric = metric,
            Aggregate = MetricCatalogue.Find(metric).Aggregate(string.IsNullOrEmpty(aggregate) ? null : aggregate).Name,
            Comparator = AlertComparators.Find(comparator) ?? throw new SreException(SreErrorKind.Invalid, $"There is no comparator '{comparator}'; use >, >=, <, <=, == or !=."),
            Threshold = threshold,
            Window = TimeSpan.FromMinutes(windowMinutes),
            For = TimeSpan.FromMinutes(forMinutes),
            Cooldown = TimeSpan.FromMinutes(cooldownMinutes),
            MinRequests = minRequests,
            GroupBy = groupBy ?? [],
            Severity = severity,
            Targets = context.Caller.Address is { } address ? [address.ToTarget()] : [],
        }, where ?? []);
        var summary = $"Shall I set this alert? {AlertText.Sentence(rule)}";
        var step = await context.Steps.KeepAsync("Which rule was asked for?", context.Scope, "the planned alert rule", StateTable([new AlertStanding(rule, AlertPhase.Resolved, null, null, 0)]), cancel);
        step.Conclusion = summary;
        var plan = await confirmations.KeepAsync(context.Caller, AlertCreateConfirm.ButtonVerb, rule, cancel);
        return new ToolResult(summary,
            [
                new ReplySection { Title = $"Set the alert \"{rule.Name}\"?", Paragraphs = [AlertText.Sentence(rule), ReplyText.Of(ReplyRun.Code(AlertText.Command(rule)))] },
                AlertReplies.Told(rule),
                new ReplyButtons([new ReplyButton("Set it", AlertCreateConfirm.ButtonVerb, plan.ToString(), ReplyButtonStyle.Primary)]),
            ],
            new { rule = AlertText.Sentence(rule), status = "waits for the person's click" });
    }

    private AlertRule Draft(AlertRule rule, string[] where)
    {
        if (rule.Projects.Except(context.Scope.Projects).FirstOrDefault() is { } outside)
        {
            throw new SreException(SreErrorKind.Forbidden, $"There is no {outside} that you can see here.");
        }

        var filter = where.Select(text => text.Split('=', 2, StringSplitOptions.TrimEntries)).Select(parts => parts.Length == 2
            ? new DimensionCondition(parts[0], parts[1])
            : throw new SreException(SreErrorKind.Invalid, $"'{parts[0]}' is not a condition such as server_id = Server_9."));
        rule = rule with { Filter = [.. context.Scope.Conditions.Union(filter)] };
        store.RequireRecorded(context.Scope, rule);
        return AlertLimits.Check(rule with { Name = rule.Name.Length > 0 ? rule.Name : AlertText.Name(rule) });
    }

    [Description("Plans to mute an alert rule for some time; the person mutes it with a click.")]
    public async Task<ToolResult> MuteAlert([Description("The rule's name")] string name, [Description("For how many minutes")] int minutes = 60, CancellationToken cancel = default)
    {
        context.Scope.Require(Role.Sre, "mute alerts");
        if (minutes is < 1 or > 43200)
        {
            throw new SreException(SreErrorKind.Invalid, "A mute lasts from 1 minute to 30 days.");
        }

        var rule = (await store.FindAsync(context.Scope, name, cancel)).Rule;
        var time = TimeSpan.FromMinutes(minutes);
        var summary = $"Shall I mute \"{rule.Name}\" for {AlertDuration.Text(time)}?";
        var plan = await confirmations.KeepAsync(context.Caller, AlertMuteConfirm.ButtonVerb, new AlertMutePlan(rule.Id, rule.Name, time), cancel);
        var step = await context.Steps.KeepAsync("Which mute was asked for?", context.Scope, "the planned mute", new StepTable(["name", "minutes"], [[rule.Name, (long)minutes]]), cancel);
        step.Conclusion = summary;
        return new ToolResult(summary,
            [
                new ReplySection { Paragraphs = [summary] },
                new ReplyButtons([new ReplyButton("Mute it", AlertMuteConfirm.ButtonVerb, plan.ToString(), ReplyButtonStyle.Primary)]),
            ],
            new { rule.Name, minutes, status = "waits for the person's click" });
    }

    [Description("Explains why an alert rule fired or resolved: each change of its state with value, requests, threshold, window and minute.")]
    public async Task<ToolResult> ExplainAlert([Description("The rule's name")] string name, CancellationToken cancel)
    {
        var standing = await store.FindAsync(context.Scope, name, cancel);
        var history = await store.TransitionsAsync(context.Scope, standing.Rule, HistoryShown, cancel);
        var step = await context.Steps.KeepAsync($"Why did \"{standing.Rule.Name}\" change its state?", context.Scope, $"state changes of the alert \"{standing.Rule.Name}\"", HistoryTable(history), cancel);
        var summary = Explain(standing, history);
        step.Conclusion = summary;
        return new ToolResult(summary,
            [
                new ReplySection { Title = standing.Rule.Name, Paragraphs = [summary, AlertText.Sentence(standing.Rule)] },
                .. history.Count == 0 ? (IReadOnlyList<ReplyBlock>)[] : [AlertReplies.History(standing.Rule, history)],
            ],
            new { standing.Rule.Name, state = AlertReplies.State(standing), rule = AlertText.Sentence(standing.Rule), changes = history });
    }

    private static string Explain(AlertStanding standing, IReadOnlyList<AlertHistoryRow> history)
    {
        if (history.FirstOrDefault(row => row.ToPhase == "triggered") is not { } fired)
        {
            return $"\"{standing.Rule.Name}\" has not fired; it is {AlertReplies.State(standing)}.";
        }

        var where = fired.GroupKey.Length == 0 ? "" : $" for {fired.GroupKey}";
        return $"\"{standing.Rule.Name}\" fired{where} at {AlertReplies.Time(fired.Tick)} UTC: {standing.Rule.Metric} {standing.Rule.Aggregate} was " +
            $"{MetricValue.Text(fired.Value, AlertText.Unit(standing.Rule))} over {AlertDuration.Text(TimeSpan.FromMilliseconds(fired.TimeWindow))} ({fired.RequestCount} requests), " +
            $"against a threshold of {MetricValue.Text(fired.Threshold, AlertText.Unit(standing.Rule))}.";
    }

    private static StepTable HistoryTable(IReadOnlyList<AlertHistoryRow> history) =>
        new(["tick", "group", "from", "to", "verdict", "value", "requests", "threshold", "window_ms", "rule_version", "notified"],
            [.. history.Select(row => (IReadOnlyList<object?>)[
                new DateTimeOffset(row.Tick), row.GroupKey, row.FromPhase, row.ToPhase, row.Verdict, row.Value, row.RequestCount, row.Threshold, row.TimeWindow,
                (long)row.RuleVersion, row.Notified])]);
}
