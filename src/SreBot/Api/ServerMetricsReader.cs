using SreBot.Access;
using SreBot.Model;
using SreBot.Telemetry;
using SreBot.Telemetry.Wire;

namespace SreBot.Api;

/// <summary>Servers by hour: the imported aggregates for those who may see the whole organization, and what the requests give for every other hour.</summary>
internal sealed class ServerMetricsReader(ITelemetryStore telemetry, WholeOrganization whole)
{
    // Codes: ClickHouse, src/Common/ErrorCodes.cpp.
    private const int UnknownTable = 60;
    private const int UnknownDatabase = 81;

    private const string ImportedSql = """
        SELECT server_id, toDateTime(hour) AS hour, avg_cpu_usage, avg_memory_usage, total_requests
        FROM {database:Identifier}.imported_server_metrics
        WHERE /*scope*/ AND hour > {from:DateTime64(3)} AND hour < {to:DateTime64(3)} AND ({server:String} = '' OR server_id = {server:String})
        ORDER BY hour, server_id
        LIMIT {limit:UInt32}
        """;

    private static readonly string ComputedSql = $$"""
        SELECT server_id, toStartOfHour(timestamp) AS hour, {{MetricCatalogue.Find("cpu").Aggregate("mean").RequestSql}} AS avg_cpu_usage,
            {{MetricCatalogue.Find("memory").Aggregate("mean").RequestSql}} AS avg_memory_usage, count() AS total_requests
        FROM {database:Identifier}.request
        WHERE /*scope*/ AND timestamp >= {from:DateTime64(3)} AND timestamp < {to:DateTime64(3)} + INTERVAL 1 HOUR AND ({server:String} = '' OR server_id = {server:String})
        GROUP BY server_id, hour
        HAVING hour > {from:DateTime64(3)} AND hour < {to:DateTime64(3)}
        ORDER BY hour, server_id
        LIMIT {limit:UInt32}
        """;

    /// <param name="server">Null: every server.</param>
    /// <param name="from">Exclusive, as <paramref name="to"/> is: an hour that begins at a bound is left out.</param>
    public async Task<ServerMetrics> ReadAsync(AccessScope scope, string? server, DateTimeOffset from, DateTimeOffset to, int limit, CancellationToken cancel)
    {
        var parameters = new Dictionary<string, object?> { ["server"] = server ?? "", ["from"] = from, ["to"] = to, ["limit"] = limit };
        var imported = await ImportedAsync(scope, parameters, cancel);
        var computed = await ReadAsync(scope, new TelemetryQuery(ComputedSql, parameters), "computed", cancel);
        return new ServerMetrics([.. imported.Concat(computed).DistinctBy(row => (row.ServerId, row.Hour)).OrderBy(row => row.Hour).ThenBy(row => row.ServerId, StringComparer.Ordinal).Take(limit)]);
    }

    /// <summary>None where nothing of SreBot's own stands beside the requests.</summary>
    private async Task<List<ServerMetricsRow>> ImportedAsync(AccessScope scope, Dictionary<string, object?> parameters, CancellationToken cancel)
    {
        try
        {
            return await whole.IsSeenByAsync(scope, cancel)
                ? await ReadAsync(scope with { Projects = [TelemetryTable.WholeOrganization] }, new TelemetryQuery(ImportedSql, parameters), "imported", cancel)
                : [];
        }
        catch (ClickHouseException error) when (error.Code is UnknownTable or UnknownDatabase)
        {
            return [];
        }
    }

    private async Task<List<ServerMetricsRow>> ReadAsync(AccessScope scope, TelemetryQuery query, string source, CancellationToken cancel)
    {
        await using var reader = await telemetry.ReadAsync(scope, query, cancel);
        var rows = new List<ServerMetricsRow>();
        while (await reader.ReadAsync(cancel))
        {
            rows.Add(new(reader.GetString(0), reader.GetDateTime(1), reader.GetDouble(2), reader.GetDouble(3), Convert.ToInt64(reader.GetValue(4)), source));
        }

        return rows;
    }
}
