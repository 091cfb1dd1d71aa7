using Dapper;
using SreBot.Model;
using SreBot.Postgres;

namespace SreBot.Incidents;

/// <summary>What was kept of an incident when it was resolved.</summary>
internal sealed class IncidentExports(PostgresDatabase postgres, IncidentStore store)
{
    private const string FindSql = "SELECT content FROM incident_export WHERE incident_id = @id AND format = @format";

    /// <param name="format"><c>html</c> or <c>ipynb</c>.</param>
    /// <returns>Null when nothing was kept, or when the scope does not see all that it tells: it was read for all of the incident's projects, without conditions.</returns>
    public async Task<string?> FindAsync(AccessScope scope, long id, string format, CancellationToken cancel)
    {
        if (scope.Conditions.Count > 0 || await store.FindAsync(scope, id, cancel) is not { IsPart: false })
        {
            return null;
        }

        await using var session = await postgres.BeginAsync(scope, cancel);
        return await session.Connection.QuerySingleOrDefaultAsync<string>(session.Command(FindSql, new { id, format }, cancel));
    }
}
