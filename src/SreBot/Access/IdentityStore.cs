using Dapper;
using SreBot.Adapters.Chat;
using SreBot.Model;
using SreBot.Postgres;

namespace SreBot.Access;

/// <summary>Ties chat identities to principals.</summary>
internal sealed class IdentityStore(PostgresDatabase postgres, TimeProvider time)
{
    private const string AddPrincipalSql = """
        INSERT INTO principal (organization_id, name, role, all_projects, projects, created_at)
        VALUES (@organizationId, @name, @role, @allProjects, @projects, @now)
        RETURNING id
        """;

    private const string LinkSql = """
        INSERT INTO chat_identity (organization_id, platform, workspace, user_id, principal_id)
        VALUES (@organizationId, @platform, @workspace, @userId, @principalId)
        ON CONFLICT (organization_id, platform, workspace, user_id) DO UPDATE SET principal_id = excluded.principal_id
        """;

    private const string UnknownProjectsSql = "SELECT wanted FROM unnest(@projects) wanted WHERE wanted NOT IN (SELECT id FROM project)";

    private const string AuditSql = "INSERT INTO audit (organization_id, at, principal, what) VALUES (@organizationId, @now, @who, @what)";

    /// <summary>Makes the person a principal of the admin's organization; told again, the newest role and projects hold.</summary>
    /// <param name="projects">Null: all of them, those to come too.</param>
    /// <exception cref="SreException">Forbidden without the admin role; NotFound for a project that is not there.</exception>
    public async Task AdmitAsync(Principal admin, ChatUser user, Role role, IReadOnlyList<string>? projects, CancellationToken cancel)
    {
        admin.Scope.Require(Role.Admin, "admit people");
        var organizationId = admin.Scope.OrganizationId;
        var now = time.GetUtcNow().UtcDateTime;
        await using var session = await postgres.BeginAsync(admin.Scope, cancel);
        var unknown = await session.Connection.QueryFirstOrDefaultAsync<string>(session.Command(UnknownProjectsSql, new { projects = projects?.ToArray() ?? [] }, cancel));
        if (unknown is not null)
        {
            throw new SreException(SreErrorKind.NotFound, $"There is no project {unknown}; the projects are {string.Join(", ", admin.Scope.Projects)}.");
        }

        var principalId = await session.Connection.QuerySingleAsync<Guid>(session.Command(AddPrincipalSql, new
        {
            organizationId,
            name = user.Name ?? $"{user.Platform}:{user.Id}",
            role = role.ToString().ToLowerInvariant(),
            allProjects = projects is null,
            projects = projects?.ToArray() ?? [],
            now,
        }, cancel));
        await session.Connection.ExecuteAsync(session.Command(LinkSql, new { organizationId, platform = user.Platform, workspace = user.Workspace, userId = user.Id, principalId }, cancel));
        await session.Connection.ExecuteAsync(session.Command(AuditSql, new { organizationId, now, who = admin.Name, what = $"admitted {user.Platform}:{user.Workspace}/{user.Id} as {role}" }, cancel));
        await session.CommitAsync(cancel);
    }
}
