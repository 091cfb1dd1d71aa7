using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using SreBot.Embedded;
using SreBot.Telemetry.Chdb;
using SreBot.Tests.Telemetry;

namespace SreBot.Benchmarks.Chaos;

/// <summary>Two SreBots beside one PostgreSQL and one ClickHouse, which this process runs.</summary>
internal sealed class ReplicaStack : IAsyncDisposable
{
    private readonly EmbeddedPostgres postgres;
    private readonly ClickHouseHttpFront front;
    private readonly ChdbConnection held;

    private ReplicaStack(EmbeddedPostgres postgres, ClickHouseHttpFront front, ChdbConnection held, ChaosStore store)
    {
        (this.postgres, this.front, this.held, Store) = (postgres, front, held, store);
    }

    public ChaosStore Store { get; }

    public IReadOnlyList<ChaosServer> Servers { get; private set; } = [];

    public static async Task<ReplicaStack> StartAsync(ChaosFolder folder, ChaosReceiver receiver, int hurry)
    {
        var postgres = await EmbeddedPostgres.StartAsync(folder.File("postgres"), EnginePaths.Find(), TimeProvider.System, NullLogger.Instance, CancellationToken.None);
        var library = new ChdbLibrary(EnginePaths.Find().RequireChdb());
        ChdbConnection Connect(IEnumerable<string> settings) => new(library, folder.File("clickhouse"), settings);
        var held = Connect([]); // the engine ends with its last connection
        var front = await ClickHouseHttpFront.StartAsync(Connect);
        var stack = new ReplicaStack(postgres, front, held, new ChaosStore(postgres.ConnectionString, postgres.MigrationConnectionString));
        stack.Servers = [.. Enumerable.Range(1, 2).Select(number => new ChaosServer(folder.File($"replica-{number}"), folder.File($"replica-{number}.log"), stack.Settings(Name(number), receiver, hurry)))];
        foreach (var server in stack.Servers)
        {
            await server.StartAsync();
        }

        return stack;
    }

    /// <summary>What a replica calls itself to PostgreSQL.</summary>
    public static string Name(int number) => $"replica-{number}";

    public async ValueTask DisposeAsync()
    {
        foreach (var server in Servers)
        {
            await server.DisposeAsync();
        }

        await Store.DisposeAsync();
        await front.DisposeAsync();
        held.Dispose();
        await postgres.DisposeAsync();
    }

    private Dictionary<string, string> Settings(string name, ChaosReceiver receiver, int hurry) => new(ChaosSetup.Settings(receiver, hurry))
    {
        ["Postgres__ConnectionString"] = new NpgsqlConnectionStringBuilder(postgres.ConnectionString) { ApplicationName = name, MaxPoolSize = 30 }.ConnectionString,
        ["Postgres__MigrationConnectionString"] = postgres.MigrationConnectionString,
        ["Telemetry__Endpoint"] = front.Endpoint,
    };
}
