using Dapper;
using SreBot.Access;
using SreBot.Api;
using SreBot.Cli.Tutorial;
using SreBot.Incidents;
using SreBot.Model;
using SreBot.Postgres;
using SreBot.Telemetry;
using SreBot.Tests.Fixtures;

namespace SreBot.Tests.Cli.Tutorial;

/// <summary>An organization without projects, on the real engines, that the tutorial's data is imported into.</summary>
internal sealed class ImportHouse
{
    private ImportHouse(PostgresDatabase postgres, ITelemetryStore telemetry, long organization, string database)
    {
        (Postgres, Telemetry, Organization, Database) = (postgres, telemetry, organization, database);
        Whole = new WholeOrganization(postgres);
        Store = new ImportStore(postgres, Time);
        Rows = new ImportTelemetry(telemetry);
        Import = new TutorialImport(postgres, Store, Rows, Whole, Time);
        Incidents = new IncidentStore(postgres);
        Requests = new RequestReader(telemetry);
        Metrics = new ServerMetricsReader(telemetry, Whole);
    }

    public PostgresDatabase Postgres { get; }
    public ITelemetryStore Telemetry { get; }
    public long Organization { get; }
    public string Database { get; }
    public ManualTime Time { get; } = new(TimeProvider.System.GetUtcNow()); // the engine's own clock decides which rows are too old
    public WholeOrganization Whole { get; }
    public ImportStore Store { get; }
    public ImportTelemetry Rows { get; }
    public TutorialImport Import { get; }
    public IncidentStore Incidents { get; }
    public RequestReader Requests { get; }
    public ServerMetricsReader Metrics { get; }

    /// <summary>Of the organization once something was imported.</summary>
    public AccessScope Scope => Admin("Project_1", "Project_2", "Project_3").Scope;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static async Task<ImportHouse> NewAsync(PostgresFixture postgres, TelemetryFixture telemetry, ITelemetryStore? store = null)
    {
        var database = await postgres.NewDatabaseAsync();
        store ??= telemetry.Store;
        var name = $"sre_test_{Guid.NewGuid():N}";
        await store.MigrateAsync(name, Cancel);
        return new ImportHouse(database, store, await PostgresFixture.NewOrganizationAsync(database, "default"), name);
    }

    public Principal Admin(params string[] projects) =>
        new(Guid.NewGuid(), "Ana", "default", new AccessScope { OrganizationId = Organization, TelemetryDatabase = Database, Role = Role.Admin, Projects = projects });

    /// <summary>As an admin who sees the whole organization as it then is.</summary>
    public async Task<TutorialImported> RunAsync(TutorialData data) => await Import.RunAsync(Admin([.. await QueryAsync<string>("SELECT id FROM project")]), data, Cancel);

    public async Task<IReadOnlyList<T>> QueryAsync<T>(string sql)
    {
        await using var session = await Postgres.BeginAsync(Organization, Cancel);
        return [.. await session.Connection.QueryAsync<T>(session.Command(sql, null, Cancel))];
    }

    /// <summary>Rows of a table of telemetry.</summary>
    public async Task<long> CountAsync(string table)
    {
        await using var reader = await Telemetry.ReadAsync(AccessScope.ForEvaluator(Database), new TelemetryQuery($"SELECT count() FROM {{database:Identifier}}.{table} WHERE /*scope*/", new Dictionary<string, object?>()), Cancel);
        return await reader.ReadAsync(Cancel) ? Convert.ToInt64(reader.GetValue(0)) : 0;
    }
}
