using System.ComponentModel;
using System.Globalization;
using SreBot.Evidence;
using SreBot.Model;

namespace SreBot.Investigations;

/// <summary>The tool's signature, and how its arguments name a subject.</summary>
internal sealed class ExplainCauseTool(ToolContext context, Investigator investigator, IIncidentLookup incidents)
{
    public async Task<ToolResult> ExplainCauseAsync(
        [Description("the incident, such as INC-42 or 42")] string? incident_id = null,
        [Description("a server, such as Server_9")] string? server = null,
        [Description("a project, such as Project_1")] string? project = null,
        [Description("when, such as: last 2 hours; since 14:00; yesterday; the last hour when left out")] string? window = null,
        [Description("other conditions, such as: endpoint = POST /pay and region = eu-west-1")] string? filter = null,
        [Description("latency, error_rate, requests, cost, cpu or memory; whichever changed most when left out")] string? metric = null,
        CancellationToken cancel = default)
    {
        var subject = string.IsNullOrWhiteSpace(incident_id)
            ? await OpenAsync(server, project, window, filter, metric, cancel)
            : await IncidentAsync(incident_id, cancel);
        return (await investigator.InvestigateAsync(context, subject, cancel)).ToResult();
    }

    private async Task<InvestigationSubject> IncidentAsync(string text, CancellationToken cancel)
    {
        var digits = text.Trim().TrimStart('#');
        digits = digits.StartsWith("INC-", StringComparison.OrdinalIgnoreCase) ? digits[4..] : digits;
        if (!long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var id))
            throw new SreException(SreErrorKind.Invalid, "An incident is named like INC-42.");

        if (await incidents.FindAsync(context.Scope, id, cancel) is { } incident)
        {
            await context.Steps.KeepAsync($"The incident INC-{id}", context.Scope, $"incident INC-{id}", Row(incident), cancel);
            return InvestigationSubject.Of(incident);
        }

        var recent = await incidents.RecentAsync(context.Scope, 3, cancel);
        throw new SreException(SreErrorKind.NotFound, recent.Count == 0
            ? $"I see no incident INC-{id}; there are none yet."
            : $"I see no incident INC-{id}; the latest are {string.Join(", ", recent.Select(known => $"INC-{known.Id} ({known.Title})"))}.");
    }

    private async Task<InvestigationSubject> OpenAsync(string? server, string? project, string? window, string? filter, string? metric, CancellationToken cancel)
    {
        var when = TimeText.Parse(window, context.Now);
        List<DimensionCondition> conditions = [.. FilterText.Parse(filter)];
        if (!string.IsNullOrWhiteSpace(server))
            conditions.Add(new DimensionCondition("server_id", server));
        if (!string.IsNullOrWhiteSpace(project))
            conditions.Add(new DimensionCondition("project_id", project));

        var known = await KnownNames.ResolveAsync(context, conditions, when, cancel);
        return new InvestigationSubject
        {
            Name = known.Count == 0 ? "All requests" : FilterText.Describe(known),
            Filter = known,
            Window = string.IsNullOrWhiteSpace(window) ? null : when,
            Metric = string.IsNullOrWhiteSpace(metric) ? null : Telemetry.MetricCatalogue.Find(metric.Trim()).Name,
        };
    }

    private static StepTable Row(IncidentFacts incident) => new(
        ["incident", "title", "status", "severity", "started_at", "opened_at", "resolved_at", "request_id", "server_id", "metric", "aggregate", "threshold"],
        [[$"INC-{incident.Id}", incident.Title, incident.Status, incident.Severity, incident.StartedAt, incident.OpenedAt, incident.ResolvedAt, incident.RequestId, incident.ServerId, incident.Metric, incident.Aggregate, incident.Threshold]]);
}
