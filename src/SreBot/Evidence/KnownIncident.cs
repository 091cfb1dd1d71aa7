using SreBot.Model;

namespace SreBot.Evidence;

/// <summary>Finds an incident that a question names, on the record.</summary>
internal static class KnownIncident
{
    /// <exception cref="SreException">NotFound, naming the latest ones.</exception>
    public static async Task<IncidentFacts> FindAsync(ToolContext context, IIncidentLookup incidents, long id, CancellationToken cancel)
    {
        if (await incidents.FindAsync(context.Scope, id, cancel) is { } incident)
        {
            await context.Steps.KeepAsync($"The incident INC-{id}", context.Scope, $"incident INC-{id}", Row(incident), cancel);
            return incident;
        }

        var recent = await incidents.RecentAsync(context.Scope, 3, cancel);
        throw new SreException(SreErrorKind.NotFound, recent.Count == 0
            ? $"I see no incident INC-{id}; there are none yet."
            : $"I see no incident INC-{id}; the latest are {string.Join(", ", recent.Select(known => $"INC-{known.Id} ({known.Title})"))}.");
    }

    private static StepTable Row(IncidentFacts incident) => new(
        ["incident", "title", "status", "severity", "started_at", "opened_at", "resolved_at", "request_id", "server_id", "metric", "aggregate", "threshold"],
        [[$"INC-{incident.Id}", incident.Title, incident.Status, incident.Severity, incident.StartedAt, incident.OpenedAt, incident.ResolvedAt, incident.RequestId, incident.ServerId, incident.Metric, incident.Aggregate, incident.Threshold]]);
}
