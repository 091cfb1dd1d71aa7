using Dapper;
using Npgsql;

namespace SreBot.Postgres;

/// <summary>The roles that the tables' policies name. They belong to the whole server, so they are made before the first migration.</summary>
internal static class PostgresRoles
{
    private const string CreateSql = """
        DO $$
        DECLARE
            name text;
        BEGIN
            FOREACH name IN ARRAY ARRAY['srebot_tenant', 'srebot_evaluator', 'srebot_gateway']
            LOOP
                IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = name) THEN
                    EXECUTE format('CREATE ROLE %I NOLOGIN NOSUPERUSER NOBYPASSRLS', name);
                END IF;
            END LOOP;
        END $$
        """;

    /// <summary>Makes what is missing; needs CREATEROLE only when something is.</summary>
    public static Task EnsureAsync(NpgsqlConnection connection, CancellationToken cancel) =>
        connection.ExecuteAsync(new CommandDefinition(CreateSql, cancellationToken: cancel));
}
