using SreBot.Cli.Seeding;
using SreBot.Model;
using SreBot.Telemetry;
using SreBot.Telemetry.Http;
using SreBot.Telemetry.Sources;
using SreBot.Telemetry.Wire;
using SreBot.Tests.Fixtures;
using SreBot.Tests.Planning;

namespace SreBot.Tests.Telemetry.Sources;

/// <summary>The same requests twice: as own rows, and as spans in the Collector's table; with stores that read them in each mode, over HTTP.</summary>
internal sealed class SourceHouse : IAsyncDisposable
{
    private readonly TelemetryFixture telemetry;
    private readonly List<IAsyncDisposable> transports = [];
    private readonly List<TelemetryStore> stores = [];
    private readonly List<string> databases = [];

    private SourceHouse(TelemetryFixture telemetry, ClickHouseHttpFront front)
    {
        (this.telemetry, Front) = (telemetry, front);
        (Own, Otel) = (NewName(), NewName());
    }

    /// <summary>The embedded engine's clock is the machine's, and so are the roll-ups' times to live.</summary>
    public ManualTime Time { get; } = new(TimeProvider.System.GetUtcNow());

    public ClickHouseHttpFront Front { get; }

    /// <summary>The database with own tables.</summary>
    public string Own { get; }

    /// <summary>The database with the Collector's table.</summary>
    public string Otel { get; }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static async Task<SourceHouse> NewAsync(TelemetryFixture telemetry)
    {
        var house = new SourceHouse(telemetry, await ClickHouseHttpFront.StartAsync(settings => telemetry.Connect(settings)));
        await telemetry.Store.MigrateAsync(house.Own, Cancel);
        await house.ExecuteAsync($"CREATE DATABASE {house.Otel}");
        await house.ExecuteAsync(OtelTable.Create(house.Otel));
        return house;
    }

    /// <summary>A store over HTTP and the database it is for.</summary>
    public (TelemetryStore Store, string Database) Store(string mode, Action<SourceOptions>? change = null)
    {
        var options = new TelemetryOptions { Endpoint = Front.Endpoint, RetentionDays = 3650, Source = new SourceOptions { Mode = mode, Table = $"{Otel}.otel_traces", Preset = "otel_traces", Database = NewName() } };
        foreach (var (column, expression) in OtelTable.AllColumns)
        {
            options.Source.Columns[column] = expression;
        }

        change?.Invoke(options.Source);
        var transport = new HttpTransport(options, TimeProvider.System);
        transports.Add(transport);
        var store = new TelemetryStore(transport, Microsoft.Extensions.Options.Options.Create(options), Time);
        stores.Add(store);
        return (store, options.Source.Database);
    }

    /// <summary>Seeded requests with a slow server up to <see cref="QuestionHouse.Now"/>, and an hour of them yesterday.</summary>
    public async Task FillAsync()
    {
        var plan = new SeedPlan(new SeedSettings { Seed = 7, Hours = 2, RequestsAMinute = 60 }, []);
        plan = plan.With(CauseDraw.SlowServer("Server_9", 3, new TimeWindow(QuestionHouse.Now.AddMinutes(-30), QuestionHouse.Now)));
        await WriteAsync([.. new SeedGenerator(plan).Rows(plan.Settings.WindowUpTo(QuestionHouse.Now))], "a");
        await WriteAsync([.. new SeedGenerator(plan).Rows(new TimeWindow(Requests.Start, Requests.Start.AddHours(1)))], "b");
    }

    /// <summary>Inserts own requests, with ids as a trace and its span have, and the same as spans.</summary>
    public async Task WriteAsync(IReadOnlyList<object?[]> rows, string batch)
    {
        for (var i = 0; i < rows.Count; i++)
        {
            rows[i][0] = $"{batch}{i:x31}-{i:x16}";
            rows[i][10] = Math.Round(Convert.ToDouble(rows[i][10]) * 1e6) / 1e6; // spans count nanoseconds
        }

        await telemetry.Store.InsertAsync(Own, TelemetryTable.Request, rows, batch, Cancel);
        await ExecuteAsync(OtelTable.Copy(Own, Otel, $"startsWith(request_id, '{batch}')"));
    }

    public Task ExecuteAsync(string sql) => telemetry.Transport.ExecuteAsync(sql, Cancel);

    public async Task<T> ScalarAsync<T>(string sql)
    {
        await using var reader = await telemetry.Transport.QueryAsync(sql, new Dictionary<string, string>(), Cancel);
        return reader.Read() ? (T)Convert.ChangeType(reader.GetValue(0), typeof(T)) : throw new InvalidOperationException("No row.");
    }

    public static AccessScope Scope(string database) => TelemetryFixture.Scope(database, "Project_1", "Project_2", "Project_3");

    /// <summary>Rows as text, in no order, numbers to nine digits; the nudge keeps what lies between two of them from falling to either side.</summary>
    public static IReadOnlyList<string> Rows(StepTable table) => [.. table.Rows.Select(row => string.Join(" | ", row.Select(Cell))).Order(StringComparer.Ordinal)];

    public static async Task<IReadOnlyList<string>> RowsAsync(ITelemetryStore store, AccessScope scope, TelemetryQuery query) =>
        Rows((await new MemorySteps(store, TimeProvider.System).ReadAsync("a test's question", scope, query, Cancel)).Table);

    public async ValueTask DisposeAsync()
    {
        foreach (var store in stores)
        {
            store.Dispose();
        }

        foreach (var transport in transports)
        {
            await transport.DisposeAsync();
        }

        foreach (var database in databases)
        {
            await telemetry.Store.DropAsync(database, CancellationToken.None);
        }

        await Front.DisposeAsync();
    }

    private static string Cell(object? value) => value switch
    {
        double number => (number * (1 + 1e-12)).ToString("G9", System.Globalization.CultureInfo.InvariantCulture),
        DateTimeOffset time => time.ToString("O"),
        null => "null",
        _ => Convert.ToString(value, System.Globalization.CultureInfo.InvariantCulture)!,
    };

    private string NewName()
    {
        var name = $"sre_test_{Guid.NewGuid():N}";
        databases.Add(name);
        return name;
    }
}
