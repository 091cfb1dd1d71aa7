using Dapper;
using SreBot.Model;
using SreBot.Postgres;

namespace SreBot.Access;

/// <summary>Makes projects known. A project's name is unique in an installation.</summary>
internal sealed class ProjectStore(PostgresDatabase postgres)
{
    private const string AddSql = "INSERT INTO project (organization_id, id) SELECT @organizationId, unnest(@projects) ON CONFLICT DO NOTHING";

    private const string ForeignSql = "SELECT wanted FROM unnest(@projects) wanted WHERE wanted NOT IN (SELECT id FROM project) LIMIT 1";

    /// <summary>All of them, or none; those that are known already stay.</summary>
    /// <exception cref="SreException">Conflict, when another organization has one of them.</exception>
    public async Task AddAsync(AccessScope scope, IReadOnlyCollection<string> projects, CancellationToken cancel)
    {
        if (projects.Count == 0)
            return;

        await using var session = await postgres.BeginAsync(scope, cancel);
        await session.Connection.ExecuteAsync(session.Command(AddSql, new { organizationId = scope.OrganizationId, projects = projects.ToArray() }, cancel));
        if (await session.Connection.QueryFirstOrDefaultAsync<string>(session.Command(ForeignSql, new { projects = projects.ToArray() }, cancel)) is { } foreign)
            throw new SreException(SreErrorKind.Conflict, $"The project name '{foreign}' is taken by another organization of this installation; choose another. Nothing of the batch was taken.");

        await session.CommitAsync(cancel);
    }
}
