using Dapper;
using Npgsql;
using SreBot.Model;

namespace SreBot.Postgres;

/// <summary>Runs the numbered scripts in <c>Migrations/</c> that have not run yet, one transaction for all, one replica at a time.</summary>
internal static class PostgresMigrator
{
    private const string LockSql = "SELECT pg_advisory_xact_lock(7083001)";
    private const string TableSql = "CREATE TABLE IF NOT EXISTS schema_script (name text PRIMARY KEY, applied_at timestamptz NOT NULL DEFAULT now())";
    private const string AppliedSql = "SELECT name FROM schema_script";
    private const string RecordSql = "INSERT INTO schema_script (name) VALUES (@name)";

    private const string GrantSql = """
        DO $$
        BEGIN
            EXECUTE format('GRANT USAGE ON SCHEMA %I TO srebot_tenant, srebot_evaluator, srebot_gateway', current_schema());
        END $$
        """;

    /// <exception cref="SreException">Conflict, when the database was written by a newer SreBot; Unavailable, when the server refuses a role or a table.</exception>
    public static async Task MigrateAsync(string connectionString, CancellationToken cancel)
    {
        try
        {
            await using var connection = new NpgsqlConnection(connectionString);
            await connection.OpenAsync(cancel);
            await PostgresRoles.EnsureAsync(connection, cancel);
            await using var transaction = await connection.BeginTransactionAsync(cancel);
            await connection.ExecuteAsync(new CommandDefinition(LockSql, transaction: transaction, cancellationToken: cancel));
            await connection.ExecuteAsync(new CommandDefinition(TableSql, transaction: transaction, cancellationToken: cancel));
            await ApplyAsync(connection, transaction, cancel);
            await transaction.CommitAsync(cancel);
        }
        catch (PostgresException error)
        {
            throw new SreException(SreErrorKind.Unavailable, $"PostgreSQL refused to set up SreBot's tables: {error.MessageText}. README's section on PostgreSQL has the grants.", error);
        }
    }

    private static async Task ApplyAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, CancellationToken cancel)
    {
        var applied = (await connection.QueryAsync<string>(new CommandDefinition(AppliedSql, transaction: transaction, cancellationToken: cancel))).ToHashSet();
        var scripts = Scripts().ToList();
        if (applied.Except(scripts).FirstOrDefault() is { } unknown)
        {
            throw new SreException(SreErrorKind.Conflict, $"This database was set up by a newer SreBot (script {unknown}); start that version, or restore an older backup.");
        }

        foreach (var name in scripts.Where(name => !applied.Contains(name)))
        {
            await connection.ExecuteAsync(new CommandDefinition(Read(name), transaction: transaction, cancellationToken: cancel));
            await connection.ExecuteAsync(new CommandDefinition(RecordSql, new { name }, transaction, cancellationToken: cancel));
        }

        await connection.ExecuteAsync(new CommandDefinition(GrantSql, transaction: transaction, cancellationToken: cancel));
    }

    private static IEnumerable<string> Scripts() =>
        typeof(PostgresMigrator).Assembly.GetManifestResourceNames().Where(name => name.StartsWith("Postgres/", StringComparison.Ordinal)).Order(StringComparer.Ordinal);

    private static string Read(string name)
    {
        using var reader = new StreamReader(typeof(PostgresMigrator).Assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }
}
