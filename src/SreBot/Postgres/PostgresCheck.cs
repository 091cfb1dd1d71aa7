using Dapper;
using Npgsql;
using SreBot.Adapters.Chat;

namespace SreBot.Postgres;

/// <summary>Whether PostgreSQL answers, its tables are up to date, and row-level security binds the role that serves.</summary>
internal sealed class PostgresCheck(NpgsqlDataSource source, PostgresConnections connections) : ISetupCheck
{
    private const string RoleSql = """
        SELECT current_setting('server_version') AS version, rolname AS name, rolsuper OR rolbypassrls AS isunbound,
            ARRAY(SELECT wanted FROM unnest(ARRAY['srebot_tenant', 'srebot_evaluator', 'srebot_gateway']) AS wanted WHERE NOT pg_has_role(current_user, wanted, 'SET')) AS missing,
            ARRAY(SELECT relname FROM pg_class WHERE relkind = 'r' AND NOT relforcerowsecurity AND relnamespace = current_schema()::regnamespace
                AND EXISTS (SELECT FROM pg_attribute WHERE attrelid = pg_class.oid AND attname = 'organization_id' AND NOT attisdropped)) AS open
        FROM pg_roles
        WHERE rolname = current_user
        """;

    public string Part => "PostgreSQL";

    public async Task<IReadOnlyList<SetupLine>> LookAsync(CancellationToken cancel)
    {
        Row row;
        try
        {
            await using var connection = await source.OpenConnectionAsync(cancel);
            row = await connection.QuerySingleAsync<Row>(new CommandDefinition(RoleSql, cancellationToken: cancel));
        }
        catch (NpgsqlException)
        {
            return [new(SetupState.Broken, "PostgreSQL does not answer.", connections.IsExclusive ? "Start SreBot again; its log says why the bundled server stopped." : "Check Postgres:ConnectionString, and that the server runs.")];
        }

        return [new(SetupState.Good, $"PostgreSQL {row.Version} answers{(connections.IsExclusive ? ", the bundled server" : "")}."), .. Rights(row)];
    }

    private static IEnumerable<SetupLine> Rights(Row row)
    {
        yield return row.IsUnbound
            ? new(SetupState.Broken, $"The role {row.Name} is a superuser or bypasses row-level security, so organizations are not kept apart.", $"ALTER ROLE {row.Name} NOSUPERUSER NOBYPASSRLS;")
            : new(SetupState.Good, $"The role {row.Name} is bound by row-level security.");
        if (row.Missing.Length > 0)
            yield return new(SetupState.Broken, $"The role {row.Name} may not act as {string.Join(", ", row.Missing)}.", $"GRANT {string.Join(", ", row.Missing)} TO {row.Name} WITH INHERIT FALSE, SET TRUE;");
        if (row.Open.Length > 0)
            yield return new(SetupState.Broken, $"Row-level security is not forced on {string.Join(", ", row.Open)}.", $"ALTER TABLE {row.Open[0]} FORCE ROW LEVEL SECURITY; and so on for each.");
    }

    private sealed record Row
    {
        public string Version { get; init; } = "";
        public string Name { get; init; } = "";
        public bool IsUnbound { get; init; }
        public string[] Missing { get; init; } = [];
        public string[] Open { get; init; } = [];
    }
}
