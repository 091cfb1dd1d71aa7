using Dapper;
using SreBot.Adapters.Chat;
using SreBot.Model;
using SreBot.Postgres;

namespace SreBot.Access;

/// <summary>Finds out who asks. One token or chat identity may be known in several organizations: the demo's comes first while the demo is there.</summary>
internal sealed class PrincipalStore(PostgresDatabase postgres, LocalToken local)
{
    private const string ByTokenSql = $"""
        SELECT {PrincipalRow.Columns}
        FROM token t
        JOIN principal p ON p.organization_id = t.organization_id AND p.id = t.principal_id
        JOIN organization o ON o.id = p.organization_id
        WHERE t.hash = @hash
        ORDER BY o.is_demo DESC, o.id
        LIMIT 1
        """;

    private const string AdminSql = $"""
        SELECT {PrincipalRow.Columns}
        FROM principal p
        JOIN organization o ON o.id = p.organization_id
        WHERE p.role = 'admin' AND p.all_projects AND p.conditions = '[]'
        ORDER BY o.is_demo DESC, o.id, p.created_at, p.id
        LIMIT 1
        """;

    private const string AdminOfSql = $"""
        SELECT {PrincipalRow.Columns}
        FROM principal p
        JOIN organization o ON o.id = p.organization_id
        WHERE p.role = 'admin' AND p.all_projects AND p.conditions = '[]'
            AND EXISTS (SELECT FROM channel_link c WHERE c.organization_id = o.id AND c.platform = @Platform AND c.workspace = @Workspace AND c.channel = @Channel)
        ORDER BY o.is_demo DESC, o.id, p.created_at, p.id
        LIMIT 1
        """;

    private const string ByIdentitySql = $"""
        SELECT {PrincipalRow.Columns}
        FROM chat_identity c
        JOIN principal p ON p.organization_id = c.organization_id AND p.id = c.principal_id
        JOIN organization o ON o.id = p.organization_id
        WHERE c.platform = @Platform AND c.workspace = @Workspace AND c.user_id = @Id
        ORDER BY o.is_demo DESC, o.id
        LIMIT 1
        """;

    private const string ByIdSql = $"""
        SELECT {PrincipalRow.Columns}
        FROM principal p
        JOIN organization o ON o.id = p.organization_id
        WHERE o.slug = @slug AND p.id = @id
        """;

    private const string DemoSql = $"""
        SELECT {PrincipalRow.Columns}
        FROM principal p
        JOIN organization o ON o.id = p.organization_id
        WHERE o.is_demo AND p.name = @name
        """;

    /// <summary>Null for an unknown token.</summary>
    public Task<Principal?> FindByTokenAsync(string token, CancellationToken cancel) =>
        local.Is(token) ? FindAdminAsync(cancel) : FindAsync(ByTokenSql, new { hash = AccessToken.Hash(token) }, cancel);

    /// <summary>The admin of the organization in use: what the local token stands for.</summary>
    public Task<Principal?> FindAdminAsync(CancellationToken cancel) => FindAsync(AdminSql, new { }, cancel);

    /// <summary>The admin of an organization that the channel is linked to; null when it is linked to none.</summary>
    public Task<Principal?> FindAdminOfAsync(ChatAddress channel, CancellationToken cancel) => FindAsync(AdminOfSql, channel, cancel);

    /// <summary>Null for a person without a principal. The console's people are principals themselves.</summary>
    public Task<Principal?> FindByIdentityAsync(ChatUser user, CancellationToken cancel) =>
        user.Platform == "web"
            ? FindByIdAsync(user.Workspace, user.Id, cancel)
            : FindAsync(ByIdentitySql, user, cancel);

    public Task<Principal?> FindByIdAsync(string organizationSlug, string id, CancellationToken cancel) =>
        Guid.TryParse(id, out var guid) ? FindAsync(ByIdSql, new { slug = organizationSlug, id = guid }, cancel) : Task.FromResult<Principal?>(null);

    /// <summary>The principal of that name in the demo organization; null when the demo is off.</summary>
    public Task<Principal?> FindDemoAsync(string name, CancellationToken cancel) => FindAsync(DemoSql, new { name }, cancel);

    private async Task<Principal?> FindAsync(string sql, object parameters, CancellationToken cancel)
    {
        await using var session = await postgres.BeginGatewayAsync(cancel);
        var row = await session.Connection.QuerySingleOrDefaultAsync<PrincipalRow>(session.Command(sql, parameters, cancel));
        return row?.ToPrincipal();
    }
}
