using SreBot.Access;
using SreBot.Incidents;
using SreBot.Model;
using SreBot.Postgres;

namespace SreBot.Cli.Tutorial;

/// <summary>Takes the tutorial's files into the caller's organization: all of them or nothing, and the same data once. Incidents and projects wait in an open
/// transaction while the telemetry is written, so that a number that is taken refuses before any row is there.</summary>
internal sealed class TutorialImport(PostgresDatabase postgres, ImportStore store, ImportTelemetry telemetry, WholeOrganization whole, TimeProvider time)
{
    private const string Who = "import";

    /// <exception cref="SreException">Forbidden, but for an admin of the whole organization; Conflict, when the demo is there or a number is taken.</exception>
    public async Task<TutorialImported> RunAsync(Principal principal, TutorialData data, CancellationToken cancel)
    {
        principal.Scope.Require(Role.Admin, "import data");
        if (principal.IsDemo)
            throw new SreException(SreErrorKind.Conflict, "The demo has projects of the same names as the tutorial; remove it with 'sre-bot demo remove', then import again.");
        if (!await whole.IsSeenByAsync(principal.Scope, cancel))
            throw new SreException(SreErrorKind.Forbidden, "Only an admin who sees the whole organization may import data.");

        await using var session = await postgres.BeginAsync(principal.Scope, cancel);
        await IncidentImport.LockAsync(session, cancel);
        var requests = await RequestsAsync(session, principal, data, cancel);
        var metrics = await ServerMetricsAsync(session, principal, data, cancel);
        var incidents = await IncidentsAsync(session, principal, data, cancel);
        if (requests is null && metrics is null && incidents is null)
            return TutorialImported.Nothing;

        await WriteAsync(principal, data, requests, metrics, cancel);
        foreach (var part in new[] { requests, metrics, incidents }.OfType<ImportPart>())
        {
            if (part == incidents)
                await store.BeginAsync(principal, part, cancel);
            await store.FinishAsync(session, part, cancel);
        }

        await session.CommitAsync(cancel);
        return TutorialImported.Of(principal.OrganizationSlug, data, requests is not null, incidents is not null, metrics is not null);
    }

    /// <returns>What there is to do; null: the same requests are there.</returns>
    private async Task<ImportPart?> RequestsAsync(PostgresSession session, Principal principal, TutorialData data, CancellationToken cancel)
    {
        if (data.Requests is not { } file)
            return null;

        var part = ImportPart.Of(file);
        var isDone = await ImportStore.IsDoneAsync(session, part, cancel);
        var there = isDone == false ? null : await telemetry.FindRequestAsync(principal.Scope.TelemetryDatabase, file.Rows.Select(row => row.RequestId), cancel);
        if (isDone is null && there is not null)
            throw new SreException(SreErrorKind.Conflict, $"Request {there} of {file.Name} is here already from other data; import it into a data folder of its own (--data DIR).");

        await ImportStore.AddProjectsAsync(session, principal.Scope.OrganizationId, file.Rows.Select(row => row.ProjectId), cancel);
        return isDone == true && there is not null ? null : part; // done, and none left: they were kept as long as requests are kept
    }

    private async Task<ImportPart?> ServerMetricsAsync(PostgresSession session, Principal principal, TutorialData data, CancellationToken cancel)
    {
        if (data.ServerMetrics is not { } file)
            return null;

        var part = ImportPart.Of(file);
        var isDone = await ImportStore.IsDoneAsync(session, part, cancel);
        if (isDone is null && await telemetry.FindServerAsync(principal.Scope.TelemetryDatabase, file.Rows, cancel) is { } server)
            throw new SreException(SreErrorKind.Conflict, $"{server} of {file.Name} has hourly aggregates of that time from other data; import it into a data folder of its own (--data DIR).");

        return isDone == true ? null : part;
    }

    private async Task<ImportPart?> IncidentsAsync(PostgresSession session, Principal principal, TutorialData data, CancellationToken cancel)
    {
        if (data.Incidents is not { } file || await ImportStore.IsDoneAsync(session, ImportPart.Of(file), cancel) == true)
            return null;

        var requests = data.Requests!.Rows.ToDictionary(row => row.RequestId);
        await IncidentImport.AddAsync(session, principal.Scope.OrganizationId, [.. file.Rows.Select(row => Incident(row, requests[row.RequestId]))], Who, time.GetUtcNow(), cancel);
        return ImportPart.Of(file);
    }

    private static ImportedIncident Incident(TutorialIncident row, TutorialRequest request) =>
        new(row.IncidentId, row.Timestamp, row.RequestId, request.ProjectId, request.ServerId, request.ExecutionTime);

    private async Task WriteAsync(Principal principal, TutorialData data, ImportPart? requests, ImportPart? metrics, CancellationToken cancel)
    {
        var database = principal.Scope.TelemetryDatabase;
        if (requests is not null)
            await telemetry.InsertAsync(database, data.Requests!.Rows, await store.BeginAsync(principal, requests, cancel), cancel);
        if (metrics is not null)
            await telemetry.InsertAsync(database, data.ServerMetrics!.Rows, await store.BeginAsync(principal, metrics, cancel), cancel);
    }
}
