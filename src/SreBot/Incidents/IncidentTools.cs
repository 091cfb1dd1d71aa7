using System.ComponentModel;
using System.Globalization;
using SreBot.Access;
using SreBot.Adapters.Chat;
using SreBot.Model;
using SreBot.Telemetry;

namespace SreBot.Incidents;

/// <summary>The incident tools, bound to one question.</summary>
internal sealed class IncidentTools(IncidentStore store, ConfirmationStore confirmations, ToolContext context)
{
    private static readonly TimeSpan EitherSide = TimeSpan.FromHours(6);
    private static readonly TimeSpan Step = TimeSpan.FromMinutes(5);

    [Description("Shows an incident with its request, and its server 6 hours either side against its own past and its peers.")]
    public async Task<ToolResult> FindIncident([Description("Such as INC-7")] string incident_id, CancellationToken cancel)
    {
        var found = await store.GetAsync(context.Scope, IncidentNumber.Parse(incident_id), cancel);
        var number = IncidentNumber.Text(found.Id);
        await context.Steps.KeepAsync($"What is {number}?", context.Scope, $"incident {number}", Table([found]), cancel);
        var scope = context.Scope.CutTo(found.Projects);
        var request = await RequestAsync(found, scope, cancel);
        var view = await SurroundingsAsync(found, scope, cancel);
        var message = IncidentMessage.Of(found, await store.MembersAsync(context.Scope, found, cancel));
        return new ToolResult($"{number} is {found.Status}: {found.Title}. {view.Summary}",
            [
                .. message.Blocks.Where(block => block is not ReplyButtons), // the buttons come last
                .. request is null ? (IReadOnlyList<ReplyBlock>)[] : [RequestTable(request)],
                new ReplySection { Paragraphs = [view.Summary] },
                .. view.Chart is null ? (IReadOnlyList<ReplyBlock>)[] : [view.Chart],
                .. message.Blocks.OfType<ReplyButtons>(),
            ],
            new { incident = number, found.Title, found.Status, found.Severity, found.StartedAt, found.ServerId, found.RequestId, found.Finding, surroundings = view.Summary });
    }

    private async Task<StepTable?> RequestAsync(Incident incident, AccessScope scope, CancellationToken cancel)
    {
        if (incident.RequestId is not { } id)
        {
            return null;
        }

        var day = new TimeWindow(new DateTimeOffset(incident.StartedAt).AddDays(-1), new DateTimeOffset(incident.OpenedAt).AddDays(1));
        var step = await context.Steps.ReadAsync($"The worst request of {IncidentNumber.Text(incident.Id)}", scope, IncidentReads.Request(id, day), cancel);
        return step.Table.Rows.Count == 0 ? null : step.Table;
    }

    private static ReplyTable RequestTable(StepTable table) => new("Its worst request", ["Column", "Value"],
        [.. table.Columns.Select(column => (IReadOnlyList<string>)[column, Cell(table.Rows[0][table.Column(column)])])], []);

    private static string Cell(object? value) => value switch
    {
        null => "not recorded",
        double number => MetricValue.Number(number),
        DateTimeOffset time => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss.fff", CultureInfo.InvariantCulture) + " UTC",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "",
    };

    /// <summary>The server during the incident, against its six hours before and against the other servers at the same time.</summary>
    private async Task<(string Summary, ReplyChart? Chart)> SurroundingsAsync(Incident incident, AccessScope scope, CancellationToken cancel)
    {
        var (metric, aggregate) = Measure(incident);
        var unit = metric.UnitOf(aggregate);
        var during = new TimeWindow(incident.StartedAt, End(incident));
        var around = new TimeWindow(during.From - EitherSide, Earlier(during.To + EitherSide, context.Now));
        var (own, peers) = (IncidentReads.Own(incident), IncidentReads.Peers(incident));
        var what = $"{metric.Title} {aggregate.Name}";
        var who = incident.ServerId ?? string.Join(", ", incident.Projects);

        context.Progress.Report($"Reading {who}");
        var series = await context.Steps.ReadAsync($"{what} of {who}, 6 hours either side", scope, MetricQueries.Series(aggregate, around, Step, own), cancel);
        var past = await context.Steps.ReadAsync($"{what} of {who} in the 6 hours before", scope, MetricQueries.Total(aggregate, new TimeWindow(around.From, during.From), own), cancel);
        var now = await context.Steps.ReadAsync($"{what} of {who} during the incident", scope, MetricQueries.Total(aggregate, during, own), cancel);
        var summary = $"During the incident {what} of {who} was {Value(now, unit)}, and {Value(past, unit)} in the 6 hours before";
        now.Conclusion = summary + ".";
        var others = new List<ReplySeries>();
        if (incident.ServerId is not null)
        {
            var ranked = await context.Steps.ReadAsync($"{what} of each server during the incident", scope, MetricQueries.Top(aggregate, during, "server_id", peers, 100), cancel);
            var place = Enumerable.Range(0, ranked.Table.Rows.Count).FirstOrDefault(row => ranked.Table.Text(row, "entity") == incident.ServerId, -1);
            summary += place < 0 ? "" : $"; of {ranked.Table.Rows.Count} servers it was {(place == 0 ? "the highest" : $"number {place + 1} from the top")}";
            ranked.Conclusion = summary + ".";
            var all = await context.Steps.ReadAsync($"{what} of all servers together, 6 hours either side", scope, MetricQueries.Series(aggregate, around, Step, peers), cancel);
            others.Add(Line("all servers", all, isContext: true));
        }

        var chart = series.Table.Rows.Count == 0 ? null : new ReplyChart($"{metric.Title} {aggregate.Name}: {who}", unit, summary + ".", [Line(who, series, isContext: false), .. others])
        {
            Threshold = metric.Name == incident.Metric ? incident.Threshold : null,
            Highlight = new ReplySpan(during.From, during.To, IncidentNumber.Text(incident.Id)),
        };
        return (summary + ".", chart);
    }

    /// <summary>What its rule watches, as far as a question may name it: of an error budget the errors, of a metric that is no longer known the latency.</summary>
    private static (Metric, MetricAggregate) Measure(Incident incident)
    {
        var metric = MetricCatalogue.All.FirstOrDefault(known => known.Name == incident.Metric) ?? MetricCatalogue.Find(incident.Metric == "burn_rate" ? "error_rate" : "latency");
        return (metric, metric.Aggregate(metric.Name == incident.Metric ? incident.Aggregate : null));
    }

    private DateTimeOffset End(Incident incident) => incident.ResolvedAt is { } resolved ? resolved : Earlier(context.Now, new DateTimeOffset(incident.OpenedAt) + EitherSide);

    private static DateTimeOffset Earlier(DateTimeOffset one, DateTimeOffset other) => one < other ? one : other;

    private static string Value(RecordedStep step, string unit) => step.Table.Rows.Count == 0 ? MetricValue.Text(null, unit) : MetricValue.Text(step.Table.Number(0, "value"), unit);

    private static ReplySeries Line(string name, RecordedStep step, bool isContext) => new(name,
        [.. Enumerable.Range(0, step.Table.Rows.Count).Select(row =>
            new ReplyPoint(step.Table.Time(row, "at"), step.Table.Rows[row][step.Table.Column("value")] is null ? null : step.Table.Number(row, "value")))], isContext);

    [Description("Lists the newest incidents with their status.")]
    public async Task<ToolResult> RecentIncidents([Description("How many, at most 50")] int count = 10, CancellationToken cancel = default)
    {
        var incidents = await store.RecentAsync(context.Scope, Math.Clamp(count, 1, 50), cancel);
        var summary = IncidentReplies.Summary(incidents);
        var step = await context.Steps.KeepAsync("Which incidents are the newest?", context.Scope, "incidents", Table(incidents), cancel);
        step.Conclusion = summary;
        return new ToolResult(summary, incidents.Count == 0 ? [new ReplySection { Paragraphs = [summary] }] : [IncidentReplies.Table(incidents)],
            new { incidents = incidents.Select(incident => new { id = IncidentNumber.Text(incident.Id), incident.Title, incident.Status, incident.Severity, incident.StartedAt }) });
    }

    [Description("Offers to acknowledge an incident; the person does it with a click.")]
    public Task<ToolResult> AcknowledgeIncident([Description("Such as INC-7")] string incident_id, CancellationToken cancel) =>
        OfferAsync(incident_id, "acknowledge", null, cancel);

    [Description("Offers to snooze an incident: nothing more is said of it for a while; the person does it with a click.")]
    public Task<ToolResult> SnoozeIncident(
        [Description("Such as INC-7")] string incident_id, [Description("For how many minutes; omit for as long as it is not resolved")] int? minutes = null, CancellationToken cancel = default)
    {
        if (minutes is < 1 or > 43200)
        {
            throw new SreException(SreErrorKind.Invalid, "A snooze lasts from 1 minute to 30 days.");
        }

        return OfferAsync(incident_id, "snooze", minutes is { } count ? TimeSpan.FromMinutes(count) : null, cancel);
    }

    [Description("Offers to resolve an incident; the person does it with a click.")]
    public Task<ToolResult> ResolveIncident([Description("Such as INC-7")] string incident_id, CancellationToken cancel) =>
        OfferAsync(incident_id, "resolve", null, cancel);

    /// <summary>The button is the asker's alone, and expires.</summary>
    private async Task<ToolResult> OfferAsync(string incident_id, string action, TimeSpan? time, CancellationToken cancel)
    {
        var plan = new IncidentPlan(IncidentNumber.Parse(incident_id), action, time);
        context.Scope.Require(Role.Sre, plan.ToAct().Right);
        var found = await store.GetAsync(context.Scope, plan.IncidentId, cancel);
        var summary = $"Shall I {action} {found.Number} ({found.Title}){(action != "snooze" ? "" : time is { } length ? $" for {length.TotalMinutes:0} minutes" : " until it is resolved")}?";
        var step = await context.Steps.KeepAsync($"What is {found.Number}?", context.Scope, $"incident {found.Number}", Table([found]), cancel);
        step.Conclusion = summary;
        var confirmation = await confirmations.KeepAsync(context.Caller, IncidentConfirm.ButtonVerb, plan, cancel);
        return new ToolResult(summary,
            [
                new ReplySection { Paragraphs = [summary] },
                new ReplyButtons([new ReplyButton($"{char.ToUpperInvariant(action[0])}{action[1..]} {found.Number}", IncidentConfirm.ButtonVerb, confirmation.ToString(), ReplyButtonStyle.Primary)]),
            ],
            new { incident = found.Number, found.Status, status = "waits for the person's click" });
    }

    private static StepTable Table(IReadOnlyList<Incident> incidents) =>
        new(["incident", "title", "status", "severity", "projects", "server_id", "request_id", "metric", "aggregate", "threshold", "started_at", "opened_at", "acknowledged_at", "resolved_at"],
            [.. incidents.Select(incident => (IReadOnlyList<object?>)[
                IncidentNumber.Text(incident.Id), incident.Title, incident.Status, incident.Severity, string.Join(", ", incident.Projects), incident.ServerId, incident.RequestId,
                incident.Metric, incident.Aggregate, incident.Threshold, new DateTimeOffset(incident.StartedAt), new DateTimeOffset(incident.OpenedAt),
                incident.AcknowledgedAt is { } acknowledged ? new DateTimeOffset(acknowledged) : null, incident.ResolvedAt is { } resolved ? new DateTimeOffset(resolved) : null])]);
}
