namespace SreBot.Cli.Tutorial;

/// <summary>What an import did.</summary>
/// <param name="Answer">For a person.</param>
/// <param name="Requests">How many rows were added, as the two after it.</param>
internal sealed record TutorialImported(string Answer, int Requests, int Incidents, int ServerMetrics)
{
    public static TutorialImported Nothing { get; } = new("Nothing changed: the same data was imported before.", 0, 0, 0);

    public static TutorialImported Of(string organization, TutorialData data, bool hasRequests, bool hasIncidents, bool hasServerMetrics)
    {
        var (requests, incidents, metrics) = (hasRequests ? data.Requests!.Rows.Count : 0, hasIncidents ? data.Incidents!.Rows.Count : 0, hasServerMetrics ? data.ServerMetrics!.Rows.Count : 0);
        var numbers = hasIncidents ? $" (INC-{data.Incidents!.Rows.Min(row => row.IncidentId)} to INC-{data.Incidents.Rows.Max(row => row.IncidentId)})" : "";
        return new TutorialImported($"Imported {requests:N0} requests, {incidents:N0} incidents{numbers} and {metrics:N0} hourly aggregates into the organization {organization}.", requests, incidents, metrics);
    }
}
