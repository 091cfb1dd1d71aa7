using System.Globalization;
using SreBot.Model;
using SreBot.Telemetry;
using SreBot.Telemetry.Chdb;

namespace SreBot.Benchmarks;

/// <summary>Many requests of 100 projects on 10 servers, made inside ClickHouse; a folder that has them is used as it is. Every third day one server is slow and failing for half an hour.</summary>
internal static class BacktestTelemetry
{
    public const string Database = "sre_backtest";
    public const int Projects = 100;

    private const string InsertSql = """
        INSERT INTO {0}.request_load (request_id, timestamp, project_id, server_id, service, version, endpoint, region, platform, status, execution_time, cost, number_of_active_requests, cpu_usage, memory_usage)
        WITH cityHash64(number) AS hash, fromUnixTimestamp64Milli(toInt64({1}) + toInt64(number * {2}), 'UTC') AS at, hash % 10 = 3 AND toUnixTimestamp(at) % 259200 BETWEEN 36000 AND 37800 AS is_bad
        SELECT toString(number), at, concat('Project_', toString(1 + intDiv(hash, 10) % {5})), concat('Server_', toString(hash % 10)), 'checkout', 'v42', 'POST /pay', 'eu-west-1', 'web',
            if(intDiv(hash, 1000) % 100 < if(is_bad, 20, 1), 500, 200), if(is_bad, 3, 1) * (10 - 12 * log((1 + intDiv(hash, 100000) % 10000) / 10001)), 0.01, 3, 20 + intDiv(hash, 77) % 60, 40
        FROM numbers({3}, {4})
        """;

    private static readonly System.Text.CompositeFormat InsertFormat = System.Text.CompositeFormat.Parse(InsertSql);

    /// <returns>When the last request ended.</returns>
    public static async Task<DateTimeOffset> FillAsync(TelemetryStore store, ChdbTransport transport, long rows, int days)
    {
        await store.MigrateAsync(Database, CancellationToken.None);
        if (await NewestAsync(transport, rows) is null)
            await InsertAsync(transport, rows, days);

        var newest = (await NewestAsync(transport, rows))!.Value;
        if (await CountAsync(transport, "alert_minute") == 0) // made at the end, where they still live
            await store.RebuildRollupsAsync(Database, newest.AddHours(-47), newest, CancellationToken.None);
        return newest;
    }

    /// <summary>Into a table that no view looks on.</summary>
    private static async Task InsertAsync(ChdbTransport transport, long rows, int days)
    {
        foreach (var sql in new[] { "TRUNCATE TABLE {0}.request", "DROP TABLE IF EXISTS {0}.request_load SYNC", "CREATE TABLE {0}.request_load AS {0}.request" })
        {
            await transport.ExecuteAsync(sql.Replace("{0}", Database, StringComparison.Ordinal), CancellationToken.None);
        }

        var end = new DateTimeOffset(TimeProvider.System.GetUtcNow().UtcTicks / TimeSpan.TicksPerMinute * TimeSpan.TicksPerMinute, TimeSpan.Zero);
        var (start, batch) = (end.AddDays(-days), Math.Max(1, rows / (3 * days)));
        for (var done = 0L; done < rows; done += batch)
        {
            await transport.ExecuteAsync(string.Format(CultureInfo.InvariantCulture, InsertFormat, Database, start.ToUnixTimeMilliseconds(), (end - start).TotalMilliseconds / rows, done, Math.Min(batch, rows - done), Projects), CancellationToken.None);
        }

        await transport.ExecuteAsync($"ALTER TABLE {Database}.request ATTACH PARTITION ALL FROM {Database}.request_load", CancellationToken.None);
        await transport.ExecuteAsync($"DROP TABLE {Database}.request_load SYNC", CancellationToken.None);
    }

    private static async Task<long> CountAsync(ChdbTransport transport, string table)
    {
        await using var reader = await transport.QueryAsync($"SELECT count() FROM {Database}.{table}", new Dictionary<string, string>(), CancellationToken.None);
        return reader.Read() ? Convert.ToInt64(reader.GetValue(0)) : 0;
    }

    /// <summary>Null: it has not so many rows.</summary>
    private static async Task<DateTimeOffset?> NewestAsync(ChdbTransport transport, long rows)
    {
        await using var reader = await transport.QueryAsync($"SELECT count() AS rows, max(timestamp) AS newest FROM {Database}.request", new Dictionary<string, string>(), CancellationToken.None);
        return reader.Read() && Convert.ToInt64(reader.GetValue(0)) == rows ? reader.GetFieldValue<DateTimeOffset>(1) : null;
    }
}
