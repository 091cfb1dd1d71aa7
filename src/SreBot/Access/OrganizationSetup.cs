using Dapper;
using SreBot.Postgres;

namespace SreBot.Access;

/// <summary>The first organization, its admin, and the people of the demo.</summary>
internal sealed class OrganizationSetup(PostgresDatabase postgres)
{
    /// <summary>The principal that visitors of the demo act as.</summary>
    public const string DemoVisitor = "you";

    private const string AddOrganizationSql = """
        INSERT INTO organization (slug, name, telemetry_database) VALUES ('default', 'Default', 'sre') ON CONFLICT (slug) DO NOTHING
        """;

    private const string FindOrganizationSql = "SELECT id FROM organization WHERE slug = @slug";

    private const string AddPrincipalSql = """
        INSERT INTO principal (organization_id, name, role, all_projects)
        SELECT @organizationId, @name, 'admin', true
        WHERE NOT EXISTS (SELECT FROM principal WHERE organization_id = @organizationId AND name = @name)
        RETURNING id
        """;

    private const string AddTokenSql = "INSERT INTO token (organization_id, hash, principal_id, name) VALUES (@organizationId, @hash, @principalId, 'admin')";

    private const string AdminHashSql = "SELECT t.hash FROM token t JOIN organization o ON o.id = t.organization_id WHERE o.slug = 'default' AND t.name = 'admin'";

    private const string ShareTokenSql = """
        INSERT INTO token (organization_id, hash, principal_id, name)
        SELECT @organizationId, @hash, id, 'admin' FROM principal WHERE name = @name
        ON CONFLICT DO NOTHING
        """;

    /// <summary>Makes the organization <c>default</c> with its admin when it is not there.</summary>
    /// <returns>The admin's token, the first time only: it is kept nowhere.</returns>
    public async Task<string?> EnsureDefaultAsync(CancellationToken cancel)
    {
        var organizationId = await EnsureOrganizationAsync(cancel);
        await using var session = await postgres.BeginAsync(organizationId, cancel);
        var principalId = await session.Connection.QuerySingleOrDefaultAsync<Guid?>(session.Command(AddPrincipalSql, new { organizationId, name = "admin" }, cancel));
        if (principalId is null)
        {
            return null;
        }

        var token = AccessToken.New();
        await session.Connection.ExecuteAsync(session.Command(AddTokenSql, new { organizationId, hash = AccessToken.Hash(token), principalId }, cancel));
        await session.CommitAsync(cancel);
        return token;
    }

    /// <summary>Gives the demo its visitor, whom the admin's token names too while the demo is there.</summary>
    public async Task EnsureDemoPeopleAsync(long organizationId, CancellationToken cancel)
    {
        byte[][] hashes;
        await using (var gateway = await postgres.BeginGatewayAsync(cancel))
        {
            hashes = [.. await gateway.Connection.QueryAsync<byte[]>(gateway.Command(AdminHashSql, null, cancel))];
        }

        await using var session = await postgres.BeginAsync(organizationId, cancel);
        await session.Connection.ExecuteAsync(session.Command(AddPrincipalSql, new { organizationId, name = DemoVisitor }, cancel));
        foreach (var hash in hashes)
        {
            await session.Connection.ExecuteAsync(session.Command(ShareTokenSql, new { organizationId, hash, name = DemoVisitor }, cancel));
        }

        await session.CommitAsync(cancel);
    }

    private async Task<long> EnsureOrganizationAsync(CancellationToken cancel)
    {
        await using var gateway = await postgres.BeginGatewayAsync(cancel);
        await gateway.Connection.ExecuteAsync(gateway.Command(AddOrganizationSql, null, cancel));
        var id = await gateway.Connection.QuerySingleAsync<long>(gateway.Command(FindOrganizationSql, new { slug = "default" }, cancel));
        await gateway.CommitAsync(cancel);
        return id;
    }
}
