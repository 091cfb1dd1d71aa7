using System.ComponentModel;
using SreBot.Alerts.Rules;
using SreBot.Model;

namespace SreBot.Alerts;

/// <summary>The alert tools' signatures, as a model sees them, bound to one question. What changes something is a plan that waits for the person's click.</summary>
internal sealed class AlertTools(AlertParts parts, AlertPlans plans, ToolContext context)
{
    private const string NameHelp = "The rule's name";

    [Description("Lists the alert rules with their state.")]
    public async Task<ToolResult> ListAlerts([Description("Only those that are: triggered, pending, cooldown, resolved, no_data, error, muted, disabled or faulty")] string? state = null, [Description("Only those of this project")] string? project = null, CancellationToken cancel = default)
    {
        if (state is not null && !AlertListing.States.Contains(state))
            throw new SreException(SreErrorKind.Invalid, $"There is no state '{state}'; use {string.Join(", ", AlertListing.States)}.");

        var all = await parts.Store.ListAsync(context.Scope, cancel);
        var wanted = new AlertCommand.List(project is null ? [] : [project], state);
        var cut = AlertListing.Cut(all, wanted);
        var reply = AlertReplies.List(all, wanted);
        var step = await context.Steps.KeepAsync("Which alerts are there, and how do they stand?", context.Scope, "alert rules", AlertPlans.Table(cut), cancel);
        step.Conclusion = reply.Summary;
        return new ToolResult(reply.Summary, cut.Count == 0 ? [] : reply.Blocks, new { alerts = cut.Take(AlertReplies.MostListed).Select(standing => new { standing.Rule.Name, rule = AlertText.Sentence(standing.Rule), state = AlertReplies.State(standing) }) });
    }

    [Description("Plans a new alert rule and shows what it would have said in the past week; the person creates it with a click.")]
    public Task<ToolResult> CreateAlert(
        [Description("latency, error_rate, requests, cost, cpu, memory, or burn_rate with an objective")] string metric,
        [Description("Threshold in the metric's unit: ms for latency, % for error_rate, cpu and memory, USD for cost, times for burn_rate")] double threshold,
        [Description("Such as max, p95, mean, sum, rate; omit for the usual one")] string? aggregate = null,
        [Description(">, >=, <, <=, ==, !=, between or not_between")] string comparator = ">=",
        [Description("The upper threshold; with between and not_between alone")] double? thresholdMax = null,
        [Description("A value is clear only past this; omit for the threshold itself")] double? recoveryThreshold = null,
        [Description("Window in whole minutes")] int windowMinutes = 5,
        [Description("A second, shorter window that must breach too; with burn_rate alone")] int? shortWindowMinutes = null,
        [Description("How many minutes a breach must last")] int forMinutes = 0,
        [Description("How many quiet minutes before it is resolved")] int cooldownMinutes = 5,
        [Description("Fewer requests in the window prove nothing")] long minRequests = 0,
        [Description("Project ids; omit for all that can be seen")] string[]? projects = null,
        [Description("Conditions such as server_id = Server_9")] string[]? where = null,
        [Description("Dimensions such as server_id: a state for each value")] string[]? groupBy = null,
        [Description("info, warning or critical")] string severity = "warning",
        [Description("Whom to tell, such as #here, email:ops@example.org; omit for this channel")] string[]? notify = null,
        [Description("Whom to tell when nobody acknowledges, such as: 15m to email:boss@example.org")] string[]? escalate = null,
        [Description("Minutes between two reminders; omit for none")] int? repeatMinutes = null,
        [Description("What missing data counts as: hold, ok, zero, alert or state")] string noData = "hold",
        [Description("What a failed query counts as: hold, ok, zero, alert or state")] string error = "hold",
        [Description("What too few requests count as: hold, clear or gate_trigger")] string insufficient = "hold",
        [Description("The longest that missing data holds a state, in minutes; omit for without end")] int? maxHoldMinutes = null,
        [Description("Minutes after which a group that is gone counts as vanished")] int vanishAfterMinutes = 2,
        [Description("A vanished group is resolved")] bool vanishResolves = false,
        [Description("Percent of requests that shall be good; with burn_rate alone")] double? objective = null,
        [Description("A web page that says what to do")] string? runbook = null,
        [Description("A name; omit to have one made")] string? name = null,
        CancellationToken cancel = default) => plans.CreateAsync(context, new AlertWish
        {
            Metric = metric, Threshold = threshold, Aggregate = aggregate, Comparator = comparator, ThresholdMax = thresholdMax, RecoveryThreshold = recoveryThreshold, WindowMinutes = windowMinutes,
            ShortWindowMinutes = shortWindowMinutes, ForMinutes = forMinutes, CooldownMinutes = cooldownMinutes, MinRequests = minRequests, Projects = projects ?? [], Where = where ?? [], GroupBy = groupBy ?? [],
            Severity = severity, Notify = notify, Escalate = escalate ?? [], RepeatMinutes = repeatMinutes, NoData = noData, Error = error, Insufficient = insufficient, MaxHoldMinutes = maxHoldMinutes,
            VanishAfter = vanishAfterMinutes, VanishResolves = vanishResolves, Objective = objective, Runbook = runbook, Name = name,
        }, cancel);

    [Description("Plans a change of an alert rule; the person makes it with a click. Only what is said changes.")]
    public Task<ToolResult> EditAlert([Description(NameHelp)] string name,
        [Description("What changes, in clauses such as: threshold > 7% for 5m by server_id notify #here rename \"new name\"")] string changes, CancellationToken cancel = default) =>
        plans.CommandAsync(context, $"edit {AlertWord.Quote(name)} {changes}", cancel);

    [Description("Plans to mute an alert rule for some time; the person mutes it with a click.")]
    public Task<ToolResult> MuteAlert([Description(NameHelp)] string name, [Description("For how many minutes")] int minutes = 60, CancellationToken cancel = default) => minutes is < 1 or > 43200
        ? throw new SreException(SreErrorKind.Invalid, "A mute lasts from 1 minute to 30 days.")
        : plans.CommandAsync(context, $"mute {AlertWord.Quote(name)} {minutes}m", cancel);

    [Description("Plans to silence all alerts that match, for some time or at times that come again; the person does it with a click.")]
    public Task<ToolResult> SilenceAlerts([Description("What and when, such as: Project_1 where server_id = Server_9 for 2h because \"new disk\"; Project_1 every sunday 02:00 to 04:00 Europe/Berlin")] string what, CancellationToken cancel = default) =>
        plans.CommandAsync(context, $"silence {what}", cancel);

    [Description("Plans to delete an alert rule; the person deletes it with a click.")]
    public Task<ToolResult> DeleteAlert([Description(NameHelp)] string name, CancellationToken cancel = default) => plans.CommandAsync(context, $"delete {AlertWord.Quote(name)}", cancel);

    [Description("Plans to tell the person directly when an alert rule fires; the person confirms with a click.")]
    public Task<ToolResult> SubscribeToAlert([Description(NameHelp)] string name, [Description("An e-mail address; omit for the chat with the person")] string? email = null, CancellationToken cancel = default) =>
        plans.CommandAsync(context, $"subscribe me to {AlertWord.Quote(name)}{(string.IsNullOrWhiteSpace(email) ? "" : $" by email {email}")}", cancel);

    [Description("Explains why an alert rule fired or resolved: each change of its state with value, requests, threshold, window and minute, and the requests of that time.")]
    public Task<ToolResult> ExplainAlert([Description(NameHelp)] string name, [Description("About when, such as: at 03:12; yesterday 14:00; omit for the last time")] string? at = null, CancellationToken cancel = default) =>
        parts.Why.RunAsync(context, name, string.IsNullOrWhiteSpace(at) ? null : at, cancel);
}
