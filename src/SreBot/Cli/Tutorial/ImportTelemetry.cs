using SreBot.Model;
using SreBot.Telemetry;

namespace SreBot.Cli.Tutorial;

/// <summary>The imported rows in ClickHouse. Reads look at the whole database: a number must be new in it, whoever may see the row.</summary>
internal sealed class ImportTelemetry(ITelemetryStore telemetry)
{
    private const int IdsARead = 1000;

    private const string HasRequestSql = "SELECT request_id FROM {database:Identifier}.request WHERE /*scope*/ AND request_id IN {ids:Array(String)} LIMIT 1";

    /// <returns>One of the numbers that is in <c>request</c> already; null when none is.</returns>
    public async Task<string?> FindRequestAsync(string database, IEnumerable<string> ids, CancellationToken cancel)
    {
        foreach (var some in ids.Chunk(IdsARead))
        {
            if (await FirstAsync(database, HasRequestSql, new() { ["ids"] = some }, cancel) is { } id)
                return id;
        }

        return null;
    }

    private const string HasHourSql = """
        SELECT server_id
        FROM {database:Identifier}.imported_server_metrics
        WHERE /*scope*/ AND server_id IN {servers:Array(String)} AND hour >= {from:DateTime} AND hour <= {to:DateTime}
        LIMIT 1
        """;

    /// <returns>A server that has aggregates in that time already; null when none has.</returns>
    public Task<string?> FindServerAsync(string database, IReadOnlyList<TutorialServerMetrics> rows, CancellationToken cancel) => FirstAsync(database, HasHourSql, new()
    {
        ["servers"] = rows.Select(row => row.ServerId).Distinct().ToArray(), ["from"] = rows.Min(row => row.Hour), ["to"] = rows.Max(row => row.Hour),
    }, cancel);

    public Task InsertAsync(string database, IReadOnlyList<TutorialRequest> rows, ImportBatch batch, CancellationToken cancel) =>
        telemetry.InsertAsync(database, TelemetryTable.ImportedRequest, [.. rows.Select(row => Row(row, batch.BegunAt))], batch.Token, cancel);

    public Task InsertAsync(string database, IReadOnlyList<TutorialServerMetrics> rows, ImportBatch batch, CancellationToken cancel) =>
        telemetry.InsertAsync(database, TelemetryTable.ImportedServerMetrics, [.. rows.Select(Row)], batch.Token, cancel);

    /// <summary>What the tutorial does not record is '' and 0, which the contract reads as "not recorded".</summary>
    private static object?[] Row(TutorialRequest row, DateTime importedAt) =>
        [row.RequestId, row.Timestamp, row.ProjectId, row.ServerId, "", "", "", "", "", 0, row.ExecutionTime, 0.0, row.NumberOfActiveRequests, row.CpuUsage, row.MemoryUsage, DateTime.SpecifyKind(importedAt, DateTimeKind.Utc)];

    private static object?[] Row(TutorialServerMetrics row) =>
        [TelemetryTable.WholeOrganization, row.ServerId, row.Hour, row.AvgCpuUsage, row.AvgMemoryUsage, row.TotalRequests];

    private async Task<string?> FirstAsync(string database, string sql, Dictionary<string, object?> parameters, CancellationToken cancel)
    {
        await using var reader = await telemetry.ReadAsync(AccessScope.ForEvaluator(database), new TelemetryQuery(sql, parameters), cancel);
        return await reader.ReadAsync(cancel) ? reader.GetString(0) : null;
    }
}
