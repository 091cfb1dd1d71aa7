using System.Diagnostics;
using System.Globalization;
using SreBot.Embedded;
using SreBot.Telemetry;
using SreBot.Telemetry.Chdb;
using SreBot.Telemetry.Sources;

namespace SreBot.Benchmarks;

/// <summary>Many requests of many projects, evenly over some hours up to a full hour, made inside the engine; kept in a folder for the next run.
/// Every hundredth project is bad: half of its requests fail, and all are slow.</summary>
internal sealed class AlertScaleData : IAsyncDisposable
{
    /// <summary>Minutes of roll-ups: the longest window, and the ticks that move.</summary>
    private const int RolledUpMinutes = 84;

    private readonly ChdbTransport transport;

    private AlertScaleData(ChdbTransport transport, TelemetryStore store, string database, DateTimeOffset end)
    {
        (this.transport, Store, Database, End) = (transport, store, database, end);
    }

    public TelemetryStore Store { get; }

    public string Database { get; }

    /// <summary>Where the requests end.</summary>
    public DateTimeOffset End { get; }

    public static async Task<AlertScaleData> OpenAsync(string folder, long requests, int projects, int hours)
    {
        Directory.CreateDirectory(folder);
        var options = new TelemetryOptions { ReadTimeout = TimeSpan.FromMinutes(5), ReadMemoryBytes = 4_000_000_000, RetentionDays = 3650 };
        var transport = new ChdbTransport(new ChdbLocation(EnginePaths.Find().RequireChdb(), Path.Combine(folder, "chdb")), options);
        var store = new TelemetryStore(transport, Microsoft.Extensions.Options.Options.Create(options));
        var database = $"scale_{requests}_{projects}_{hours}";
        var mark = Path.Combine(folder, $"{database}.end");
        if (!File.Exists(mark))
        {
            var now = TimeProvider.System.GetUtcNow();
            var end = new DateTimeOffset(now.UtcTicks / TimeSpan.TicksPerHour * TimeSpan.TicksPerHour, TimeSpan.Zero);
            var made = new AlertScaleData(transport, store, database, end);
            await made.MakeAsync(requests, projects, hours);
            await File.WriteAllTextAsync(mark, end.ToString("O"));
            return made;
        }

        await store.MigrateAsync(database, CancellationToken.None);
        return new AlertScaleData(transport, store, database, DateTimeOffset.Parse(await File.ReadAllTextAsync(mark), CultureInfo.InvariantCulture));
    }

    public async Task<long> CountAsync(string sql)
    {
        await using var reader = await transport.QueryAsync(sql.Replace("{db}", Database, StringComparison.Ordinal), new Dictionary<string, string>(), CancellationToken.None);
        return reader.Read() ? Convert.ToInt64(reader.GetValue(0)) : 0;
    }

    /// <summary>Rows that a tick's longest window reads.</summary>
    public Task<long> RowsAsync(string rollup, int minutes) =>
        CountAsync($"SELECT count() FROM {{db}}.{rollup} WHERE minute >= {SqlTime.Text(End.AddMinutes(-minutes))} AND minute < {SqlTime.Text(End)}");

    public Task ForgetRulesAsync() => transport.ExecuteAsync($"TRUNCATE TABLE {Database}.alert_rule", CancellationToken.None);

    public async ValueTask DisposeAsync()
    {
        Store.Dispose();
        await transport.DisposeAsync();
    }

    private async Task MakeAsync(long requests, int projects, int hours)
    {
        var start = Stopwatch.GetTimestamp();
        await Store.DropAsync(Database, CancellationToken.None);
        await Store.MigrateAsync(Database, CancellationToken.None);
        await ExecuteAsync($"CREATE TABLE {Database}.request_load AS {Database}.request"); // no view looks on
        var minutes = hours * 60;
        for (var from = 0; from < minutes; from += 5)
        {
            var (first, last) = (requests * from / minutes, requests * Math.Min(from + 5, minutes) / minutes);
            await ExecuteAsync(RowsSql(first, last - first, requests, projects, hours));
            if (from + 5 > minutes - RolledUpMinutes)
                await RollUpAsync(End.AddMinutes(from - minutes), End.AddMinutes(from + 5 - minutes));
        }

        await ExecuteAsync($"ALTER TABLE {Database}.request ATTACH PARTITION ALL FROM {Database}.request_load");
        await ExecuteAsync($"DROP TABLE {Database}.request_load SYNC");
        await ExecuteAsync($"INSERT INTO {Database}.arrival SELECT DISTINCT toDateTime(timestamp, 'UTC') FROM {Database}.request");
        Console.WriteLine($"{requests:N0} requests of {projects:N0} projects over {hours} h made in {Stopwatch.GetElapsedTime(start).TotalSeconds:0} s");
        while (await CountAsync("SELECT count() FROM system.merges WHERE database = '{db}'") > 0)
        {
            await Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System);
        }
    }

    private async Task RollUpAsync(DateTimeOffset from, DateTimeOffset to)
    {
        foreach (var rollup in RollupSql.All.Where(rollup => rollup.Time == "minute"))
        {
            var rows = $"(SELECT * FROM {Database}.request_load WHERE timestamp >= {SqlTime.Text(from)} AND timestamp < {SqlTime.Text(to)})";
            await ExecuteAsync($"INSERT INTO {Database}.{rollup.Table} SELECT * FROM ({rollup.Over(rows)}) SETTINGS optimize_on_insert = 0, insert_deduplicate = 0");
        }
    }

    private string RowsSql(long first, long count, long requests, int projects, int hours) => $"""
        INSERT INTO {Database}.request_load
        SELECT toString(number), {SqlTime.Text(End.AddHours(-hours))} + toIntervalMillisecond(intDiv(number * {hours * 3_600_000L}, {requests})),
            concat('Project_', toString(project)), concat('Server_', toString(intDiv(h, {projects}) % 10)), concat('service-', toString(project % 20)), 'v42',
            concat('GET /', toString(project % 50)), ['eu', 'us', 'ap'][1 + project % 3], ['web', 'mobile'][1 + project % 2],
            if((intDiv(h, 1000000007) % 200) < if(is_bad, 100, 1), 500, 200), if(is_bad, 2000, 0) + (intDiv(h, 7919) % 4000) / 16, (h % 16) / 64,
            h % 100, (intDiv(h, 31) % 400) / 4, (intDiv(h, 37) % 400) / 4, toDateTime(0, 'UTC')
        FROM (SELECT number, cityHash64(number) AS h, h % {projects} AS project, project % 100 = 0 AS is_bad FROM numbers({first}, {count}))
        SETTINGS max_insert_block_size = 4000000, min_insert_block_size_rows = 4000000, min_insert_block_size_bytes = 0
        """;

    private Task ExecuteAsync(string sql) => transport.ExecuteAsync(sql, CancellationToken.None);
}
