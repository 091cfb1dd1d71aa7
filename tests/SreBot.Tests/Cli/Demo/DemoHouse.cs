using Dapper;
using Microsoft.Extensions.Configuration;
using SreBot.Cli.Demo;
using SreBot.Cli.Seeding;
using SreBot.Model;
using SreBot.Postgres;
using SreBot.Telemetry;
using SreBot.Tests.Fixtures;

namespace SreBot.Tests.Cli.Demo;

/// <summary>The demo's parts over real engines, a stopped clock, and a store that can be cut short.</summary>
internal sealed class DemoHouse : IDisposable
{
    public static DateTimeOffset Start { get; } = new(2026, 3, 1, 14, 7, 31, 250, TimeSpan.Zero);

    private DemoHouse(PostgresDatabase postgres, CutShortStore telemetry)
    {
        var options = Microsoft.Extensions.Options.Options.Create(new DemoOptions());
        (Postgres, Telemetry, Store) = (postgres, telemetry, new DemoStore(postgres));
        Writer = new DemoWriter(Store, telemetry);
        Gate = new DemoGate(new ConfigurationBuilder().Build(), options, postgres, telemetry);
        Demo = new DemoOrganization(postgres, telemetry, Store, new DemoCreation(postgres, telemetry, Store, Clock), Writer, Gate, new SeedIncidents(postgres, telemetry), options, Clock);
    }

    public SetClock Clock { get; } = new(Start);
    public PostgresDatabase Postgres { get; }
    public CutShortStore Telemetry { get; }
    public DemoStore Store { get; }
    public DemoWriter Writer { get; }
    public DemoGate Gate { get; }
    public DemoOrganization Demo { get; }

    public static async Task<DemoHouse> NewAsync(PostgresFixture postgres, TelemetryFixture telemetry)
    {
        await telemetry.Store.DropAsync(DemoStore.Database, Cancel);
        return new DemoHouse(await postgres.NewDatabaseAsync(), new CutShortStore(telemetry.Store));
    }

    private const string RowsSql = """
        SELECT request_id, timestamp, server_id, version, status, execution_time
        FROM {database:Identifier}.request
        WHERE /*scope*/
        ORDER BY request_id
        """;

    public Task<List<string>> StoredAsync() => ReadAsync(RowsSql);

    private const string ChangesSql = """
        SELECT change_id, timestamp, version, title
        FROM {database:Identifier}.change_event
        WHERE /*scope*/
        ORDER BY change_id
        """;

    public Task<List<string>> ChangesAsync() => ReadAsync(ChangesSql);

    /// <summary>The stored rows as the story says they must be.</summary>
    public static List<string> Expected(DemoStory story, DateTimeOffset from, DateTimeOffset to) =>
        [.. new SeedGenerator(story.Plan).Rows(new TimeWindow(from, to)).OrderBy(row => (string)row[0]!, StringComparer.Ordinal).Select(row => Text([row[0], row[1], row[3], row[5], row[9], row[10]]))];

    public static async Task<T> ScalarAsync<T>(Func<Task<PostgresSession>> begin, string sql, object? parameters = null)
    {
        await using var session = await begin();
        var value = await session.Connection.ExecuteScalarAsync<T>(session.Command(sql, parameters, Cancel));
        await session.CommitAsync(Cancel);
        return value!;
    }

    public void Dispose() => Writer.Dispose();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private async Task<List<string>> ReadAsync(string sql)
    {
        var rows = new List<string>();
        await using var reader = await Telemetry.ReadAsync(AccessScope.ForEvaluator(DemoStore.Database), new TelemetryQuery(sql, new Dictionary<string, object?>()), Cancel);
        while (await reader.ReadAsync(Cancel))
        {
            var cells = new object[reader.FieldCount];
            reader.GetValues(cells);
            rows.Add(Text(cells));
        }

        return rows;
    }

    private static string Text(object?[] cells) => string.Join('|', cells.Select(cell => cell is DateTime time ? time.ToString("O") : cell?.ToString()));
}
