using Dapper;
using Npgsql;
using SreBot.Model;
using SreBot.Postgres;

namespace SreBot.Incidents;

/// <summary>Takes over incidents under their own numbers. They are past: resolved when their minute was over, told to nobody, investigated when somebody asks.</summary>
internal static class IncidentImport
{
    /// <summary>What the tutorial calls slow: its incidents are requests above it, in milliseconds.</summary>
    private const double Threshold = 20;

    private const string LockSql = "LOCK TABLE incident IN SHARE ROW EXCLUSIVE MODE";

    /// <summary>Until the commit nobody else opens or imports an incident.</summary>
    public static Task LockAsync(PostgresSession session, CancellationToken cancel) => session.Connection.ExecuteAsync(session.Command(LockSql, null, cancel));

    private const string TakenSql = "SELECT id FROM incident WHERE id = ANY(@ids) ORDER BY id LIMIT 1";

    private const string AddSql = """
        INSERT INTO incident (organization_id, id, projects, filter, metric, aggregate, threshold, request_id, server_id, severity, status, title, started_at, opened_at, resolved_at, resolved_by)
        OVERRIDING SYSTEM VALUE
        SELECT @organizationId, one.id, ARRAY[one.project], jsonb_build_array(jsonb_build_object('dimension', 'server_id', 'value', one.server)), 'latency', 'max', @threshold,
            one.request, one.server, 'warning', 'resolved', one.title, date_trunc('minute', one.at), one.at, date_trunc('minute', one.at) + interval '1 minute', @who
        FROM unnest(@ids, @projects, @servers, @requests, @titles, @times) AS one (id, project, server, request, title, at);

        INSERT INTO incident_event (organization_id, incident_id, at, who, what)
        SELECT @organizationId, one.id, @now, @who, 'imported'
        FROM unnest(@ids) AS one (id);

        SELECT pass_incident_numbers(@last);
        """;

    /// <exception cref="SreException">Conflict, when a number is taken; nothing was added.</exception>
    public static async Task AddAsync(PostgresSession session, long organizationId, IReadOnlyList<ImportedIncident> incidents, string who, DateTimeOffset now, CancellationToken cancel)
    {
        long[] ids = [.. incidents.Select(one => one.Id)];
        if (await session.Connection.QueryFirstOrDefaultAsync<long?>(session.Command(TakenSql, new { ids }, cancel)) is { } taken)
        {
            throw new SreException(SreErrorKind.Conflict, $"{IncidentNumber.Text(taken)} is taken by an incident that is not from this file; import it into a data folder of its own (--data DIR).");
        }

        try
        {
            await session.Connection.ExecuteAsync(session.Command(AddSql, new
            {
                organizationId,
                ids,
                projects = incidents.Select(one => one.ProjectId).ToArray(),
                servers = incidents.Select(one => one.ServerId).ToArray(),
                requests = incidents.Select(one => one.RequestId).ToArray(),
                titles = incidents.Select(one => $"request {one.RequestId} took {one.ExecutionTime:0.#} ms on {one.ServerId}").ToArray(),
                times = incidents.Select(one => one.Timestamp.UtcDateTime).ToArray(),
                threshold = Threshold,
                who,
                now = now.UtcDateTime,
                last = ids.Max(),
            }, cancel));
        }
        catch (PostgresException error) when (error.SqlState == PostgresErrorCodes.UniqueViolation)
        {
            throw new SreException(SreErrorKind.Conflict, "A number of these incidents is taken in another organization; import them into a data folder of their own (--data DIR).", error);
        }
    }
}
