namespace SreBot.Alerts.Evaluation;

/// <summary>Decides SreBot's alerts on itself. Pure.</summary>
internal static class SelfAlertRules
{
    /// <summary>Minutes without any request, beyond those that a time-out waits for, before it is said.</summary>
    private static readonly TimeSpan IngestPatience = TimeSpan.FromMinutes(3);

    private static readonly TimeSpan TooFarBehind = TimeSpan.FromMinutes(10);

    /// <param name="open">Those of all organizations.</param>
    /// <param name="ingest">Of each telemetry database that rules watch: when its last request came, null while it has any at this tick.</param>
    /// <param name="behind">How far the shard that lags most is behind the frontier.</param>
    public static IReadOnlyList<SelfAlertChange> Decide(IReadOnlyList<AlertOrganization> organizations, IReadOnlyList<SelfAlert> open,
        IReadOnlyDictionary<string, DateTimeOffset?> ingest, TimeSpan behind, DateTimeOffset tick)
    {
        var changes = new List<SelfAlertChange>();
        foreach (var organization in organizations)
        {
            var mine = open.Where(alert => alert.OrganizationId == organization.Id).ToList();
            var stopped = ingest.GetValueOrDefault(organization.Database);
            Add(changes, organization, mine, SelfAlertKind.IngestStopped,
                begins: stopped is { } since && tick - since >= IngestPatience, ends: stopped is null, stopped ?? tick);
            Add(changes, organization, mine, SelfAlertKind.EvaluationBehind,
                begins: behind > TooFarBehind, ends: behind <= TimeSpan.FromMinutes(1), tick);
        }

        return changes;
    }

    /// <summary>Minutes that were too far back to be caught up.</summary>
    public static IEnumerable<SelfAlertChange> Skip(IReadOnlyList<AlertOrganization> organizations, DateTimeOffset from, int minutes) =>
        organizations.Where(organization => organization.HasRules)
            .Select(organization => new SelfAlertChange(organization.Id, null, SelfAlertKind.EvaluationBehind, from, minutes));

    private static void Add(List<SelfAlertChange> changes, AlertOrganization organization, List<SelfAlert> open, SelfAlertKind kind, bool begins, bool ends, DateTimeOffset since)
    {
        var standing = open.FirstOrDefault(alert => alert.Kind == kind);
        if (standing is null && begins && organization.HasRules)
        {
            changes.Add(new SelfAlertChange(organization.Id, null, kind, since));
        }
        else if (standing is not null && (ends || !organization.HasRules))
        {
            changes.Add(new SelfAlertChange(organization.Id, standing.Id, kind, standing.Since));
        }
    }
}
