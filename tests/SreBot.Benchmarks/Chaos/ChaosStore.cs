using Dapper;
using Npgsql;
using SreBot.Embedded;
using SreBot.Postgres;

namespace SreBot.Benchmarks.Chaos;

/// <summary>PostgreSQL as the harness sees it, beside SreBot.</summary>
internal sealed class ChaosStore : IAsyncDisposable
{
    private readonly NpgsqlDataSource serving;
    private readonly string owner;
    private readonly PostgresDatabase database;

    /// <param name="owner">Of the role that owns the tables.</param>
    public ChaosStore(string serving, string owner)
    {
        this.serving = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(serving) { ApplicationName = "chaos", MaxPoolSize = 4 }.ConnectionString);
        this.owner = owner;
        database = new PostgresDatabase(this.serving);
    }

    /// <summary>Of the bundled server of a data folder.</summary>
    public static ChaosStore OfFolder(string dataFolder)
    {
        var folder = Path.Combine(dataFolder, "postgres");
        var secrets = PostgresSecrets.Read(Path.Combine(folder, "secrets.json"))!;
        return new ChaosStore(Connect(folder, PostgresCluster.ServingRole, secrets.Password), Connect(folder, PostgresCluster.OwnerRole, secrets.OwnerPassword));
    }

    /// <summary>The process that all of the bundled server's others come from; null while it is not up.</summary>
    public static int? Postmaster(string dataFolder)
    {
        try
        {
            return int.Parse(File.ReadLines(Path.Combine(dataFolder, "postgres", "data", "postmaster.pid")).First());
        }
        catch (Exception error) when (error is IOException or InvalidOperationException or FormatException)
        {
            return null;
        }
    }

    /// <summary>Rows of the first organization.</summary>
    public async Task<IReadOnlyList<T>> QueryAsync<T>(string sql, object? parameters = null)
    {
        await using var session = await database.BeginAsync(1, CancellationToken.None);
        return [.. await session.Connection.QueryAsync<T>(session.Command(sql, parameters, CancellationToken.None))];
    }

    public async Task<int> ExecuteAsync(string sql, object? parameters = null)
    {
        await using var session = await database.BeginAsync(1, CancellationToken.None);
        var rows = await session.Connection.ExecuteAsync(session.Command(sql, parameters, CancellationToken.None));
        await session.CommitAsync(CancellationToken.None);
        return rows;
    }

    private const string RecordSql = """
        CREATE TABLE chaos_tick (id bigint GENERATED ALWAYS AS IDENTITY, shard int, tick timestamptz, before timestamptz, fence bigint, who text, at timestamptz);
        CREATE FUNCTION record_chaos_tick() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS '
            BEGIN
                INSERT INTO chaos_tick (shard, tick, before, fence, who, at)
                VALUES (NEW.shard, NEW.last_tick, OLD.last_tick, NEW.fence, current_setting(''application_name''), clock_timestamp());
                RETURN NULL;
            END';
        CREATE TRIGGER record_tick AFTER UPDATE ON alert_shard FOR EACH ROW WHEN (NEW.last_tick IS DISTINCT FROM OLD.last_tick) EXECUTE FUNCTION record_chaos_tick();
        """;

    /// <summary>From now on each tick that a shard commits is written down in the transaction that commits it.</summary>
    public async Task RecordTicksAsync()
    {
        await using var connection = new NpgsqlConnection(owner);
        await connection.ExecuteAsync(RecordSql);
    }

    private const string TicksSql = "SELECT shard, tick, before, fence, who, at FROM chaos_tick ORDER BY shard, id";

    public async Task<IReadOnlyList<ChaosTick>> TicksAsync()
    {
        await using var connection = new NpgsqlConnection(owner);
        return [.. await connection.QueryAsync<ChaosTick>(TicksSql)];
    }

    private const string PassedSql = "SELECT coalesce(bool_and(last_tick >= @tick), false) FROM alert_shard WHERE last_tick IS NOT NULL";

    private const string WaitingSql = "SELECT count(*) FROM outbox WHERE status = 'waiting'";

    /// <summary>Whether all shards have passed the tick and nothing is left to deliver.</summary>
    public async Task<bool> IsDrainedAsync(DateTimeOffset tick)
    {
        if (!await HasPassedAsync(tick))
            return false;

        await using var session = await database.BeginEvaluatorAsync(CancellationToken.None);
        return await session.Connection.QuerySingleAsync<long>(session.Command(WaitingSql, null, CancellationToken.None)) == 0;
    }

    /// <summary>Whether all shards have passed the tick.</summary>
    public async Task<bool> HasPassedAsync(DateTimeOffset tick)
    {
        await using var session = await database.BeginEvaluatorAsync(CancellationToken.None);
        return await session.Connection.QuerySingleAsync<bool>(session.Command(PassedSql, new { tick = tick.UtcDateTime }, CancellationToken.None));
    }

    private const string InTransactionSql = """
        SELECT EXISTS (SELECT FROM pg_stat_activity WHERE application_name = @who AND state = 'idle in transaction' AND backend_xid IS NOT NULL AND query LIKE '%alert_%')
        """;

    /// <summary>Whether that replica's evaluator is between two statements of a transaction in which it has written.</summary>
    public async Task<bool> IsInTransactionAsync(string who)
    {
        await using var connection = await serving.OpenConnectionAsync();
        return await connection.QuerySingleAsync<bool>(InTransactionSql, new { who });
    }

    public ValueTask DisposeAsync() => serving.DisposeAsync();

    private static string Connect(string folder, string role, string password) => new NpgsqlConnectionStringBuilder
    {
        Host = Path.Combine(folder, "run"),
        Database = PostgresCluster.Database,
        Username = role,
        Password = password,
        SslMode = SslMode.Disable,
        GssEncryptionMode = GssEncryptionMode.Disable,
        Pooling = role == PostgresCluster.ServingRole,
    }.ConnectionString;
}
