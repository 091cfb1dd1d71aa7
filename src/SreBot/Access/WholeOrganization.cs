using Dapper;
using SreBot.Model;
using SreBot.Postgres;

namespace SreBot.Access;

/// <summary>Whether a scope sees all of its organization: every project, without conditions.</summary>
internal sealed class WholeOrganization(PostgresDatabase postgres)
{
    private const string Sql = "SELECT NOT EXISTS (SELECT FROM project WHERE id <> ALL(@projects))";

    public async Task<bool> IsSeenByAsync(AccessScope scope, CancellationToken cancel)
    {
        if (scope.Conditions.Count > 0)
        {
            return false;
        }

        await using var session = await postgres.BeginAsync(scope, cancel);
        return await session.Connection.QuerySingleAsync<bool>(session.Command(Sql, new { projects = scope.Projects.ToArray() }, cancel));
    }
}
