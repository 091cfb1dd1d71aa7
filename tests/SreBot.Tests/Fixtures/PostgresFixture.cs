using Dapper;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using SreBot.Embedded;
using SreBot.Postgres;

[assembly: AssemblyFixture(typeof(SreBot.Tests.Fixtures.PostgresFixture))]

namespace SreBot.Tests.Fixtures;

/// <summary>One bundled PostgreSQL for the whole test run, started by the first test that asks; each asker gets a database of its own.</summary>
public sealed class PostgresFixture : IAsyncLifetime
{
    private const string Template = "srebot_template";

    private readonly string folder = Directory.CreateTempSubdirectory("srebot-tests-").FullName;
    private readonly List<NpgsqlDataSource> sources = [];
    private readonly SemaphoreSlim turn = new(1);
    private EmbeddedPostgres? server;
    private int made;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    /// <summary>A fresh database with SreBot's tables, entered as the role that serves.</summary>
    internal async Task<PostgresDatabase> NewDatabaseAsync() => new(await NewDataSourceAsync());

    /// <summary>The same, for a test that needs connections of its own; the fixture disposes it.</summary>
    internal async Task<NpgsqlDataSource> NewDataSourceAsync()
    {
        var (serving, _) = await NewConnectionStringsAsync();
        return Source(serving);
    }

    /// <summary>Connections that the fixture disposes.</summary>
    internal NpgsqlDataSource Source(string connectionString)
    {
        var source = NpgsqlDataSource.Create(connectionString);
        lock (sources)
        {
            sources.Add(source);
        }

        return source;
    }

    /// <summary>A fresh database: how the role that serves enters it, and how its owner does.</summary>
    internal async Task<(string Serving, string Owner)> NewConnectionStringsAsync()
    {
        await turn.WaitAsync();
        try
        {
            server ??= await StartAsync();
            var name = $"test_{++made}";
            await ExecuteAsync(server.MigrationConnectionString, $"CREATE DATABASE {name} TEMPLATE {Template}");
            return (In(name, server.ConnectionString), In(name, server.MigrationConnectionString));
        }
        finally
        {
            turn.Release();
        }
    }

    /// <summary>An organization with those projects; its telemetry database is <c>sre</c>.</summary>
    internal static async Task<long> NewOrganizationAsync(PostgresDatabase database, string slug, params string[] projects)
    {
        long organization;
        await using (var gateway = await database.BeginGatewayAsync(TestContext.Current.CancellationToken))
        {
            organization = await gateway.Connection.ExecuteScalarAsync<long>(gateway.Command(
                "INSERT INTO organization (slug, name, telemetry_database) VALUES (@slug, @slug, 'sre') RETURNING id", new { slug }, TestContext.Current.CancellationToken));
            await gateway.CommitAsync(TestContext.Current.CancellationToken);
        }

        await using var tenant = await database.BeginAsync(organization, TestContext.Current.CancellationToken);
        await tenant.Connection.ExecuteAsync(tenant.Command(
            "INSERT INTO project (organization_id, id) SELECT @organization, unnest(@projects)", new { organization, projects }, TestContext.Current.CancellationToken));
        await tenant.CommitAsync(TestContext.Current.CancellationToken);
        return organization;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var source in sources)
        {
            await source.DisposeAsync();
        }

        if (server is not null)
        {
            await server.DisposeAsync();
        }

        Directory.Delete(folder, recursive: true);
        turn.Dispose();
    }

    private async Task<EmbeddedPostgres> StartAsync()
    {
        var started = await EmbeddedPostgres.StartAsync(
            Path.Combine(Open(folder), "postgres"), EnginePaths.Find(), TimeProvider.System, NullLogger.Instance, TestContext.Current.CancellationToken);
        await ExecuteAsync(started.MigrationConnectionString, $"CREATE DATABASE {Template}");
        await PostgresMigrator.MigrateAsync(In(Template, started.MigrationConnectionString), TestContext.Current.CancellationToken);
        return started;
    }

    private static string Open(string folder)
    {
        DataFolderRights.Open(folder, UnprivilegedUser.Find());
        return folder;
    }

    private static async Task ExecuteAsync(string connectionString, string sql)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.ExecuteAsync(new CommandDefinition(sql, cancellationToken: TestContext.Current.CancellationToken));
    }

    private static string In(string database, string connectionString) => new NpgsqlConnectionStringBuilder(connectionString) { Database = database, MaxPoolSize = 20, ConnectionIdleLifetime = 2, ConnectionPruningInterval = 1 }.ConnectionString;
}
