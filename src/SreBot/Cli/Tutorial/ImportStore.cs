using Dapper;
using Npgsql;
using SreBot.Model;
using SreBot.Postgres;

namespace SreBot.Cli.Tutorial;

/// <summary>The table <c>import</c>: which files were taken, and the projects that came with them.</summary>
internal sealed class ImportStore(PostgresDatabase postgres, TimeProvider time)
{
    private const string IsDoneSql = "SELECT done_at IS NOT NULL FROM import WHERE kind = @Kind AND hash = @Hash";

    /// <returns>Null: never begun; false: begun and cut off.</returns>
    public static Task<bool?> IsDoneAsync(PostgresSession session, ImportPart part, CancellationToken cancel) =>
        session.Connection.QuerySingleOrDefaultAsync<bool?>(session.Command(IsDoneSql, part, cancel));

    private const string BeginSql = """
        INSERT INTO import (organization_id, kind, hash, batch, row_count, imported_by, begun_at)
        VALUES (@organizationId, @Kind, @Hash, @batch, @RowCount, @who, @now)
        ON CONFLICT (organization_id, kind, hash) DO UPDATE
        SET batch = CASE WHEN import.done_at IS NULL THEN import.batch ELSE excluded.batch END,
            begun_at = CASE WHEN import.done_at IS NULL THEN import.begun_at ELSE excluded.begun_at END, done_at = NULL
        RETURNING batch, begun_at AS begunat
        """;

    /// <summary>Commits that the part is being taken, in a transaction of its own.</summary>
    /// <returns>The batch's name and time: those of the attempt that was cut off, when there was one, so that its rows are not added twice.</returns>
    public async Task<ImportBatch> BeginAsync(Principal principal, ImportPart part, CancellationToken cancel)
    {
        var organizationId = principal.Scope.OrganizationId;
        await using var session = await postgres.BeginAsync(organizationId, cancel);
        var batch = await session.Connection.QuerySingleAsync<ImportBatch>(session.Command(BeginSql,
            new { organizationId, part.Kind, part.Hash, batch = Guid.NewGuid(), part.RowCount, who = principal.Name, now = time.GetUtcNow().UtcDateTime }, cancel));
        await session.CommitAsync(cancel);
        return batch;
    }

    private const string FinishSql = "UPDATE import SET done_at = @now WHERE kind = @Kind AND hash = @Hash";

    public Task FinishAsync(PostgresSession session, ImportPart part, CancellationToken cancel) =>
        session.Connection.ExecuteAsync(session.Command(FinishSql, new { part.Kind, part.Hash, now = time.GetUtcNow().UtcDateTime }, cancel));

    private const string AddProjectsSql = """
        INSERT INTO project (organization_id, id)
        SELECT @organizationId, one.id
        FROM unnest(@projects) AS one (id)
        WHERE NOT EXISTS (SELECT FROM project known WHERE known.organization_id = @organizationId AND known.id = one.id)
        """;

    /// <exception cref="SreException">Conflict, when another organization has one of them.</exception>
    public static async Task AddProjectsAsync(PostgresSession session, long organizationId, IEnumerable<string> projects, CancellationToken cancel)
    {
        try
        {
            await session.Connection.ExecuteAsync(session.Command(AddProjectsSql, new { organizationId, projects = projects.Distinct().ToArray() }, cancel));
        }
        catch (PostgresException error) when (error.SqlState == PostgresErrorCodes.UniqueViolation)
        {
            throw new SreException(SreErrorKind.Conflict, "Another organization has a project of the same name; import into a data folder of its own (--data DIR).", error);
        }
    }
}
