using SreBot.Model;
using SreBot.Telemetry.Wire;

namespace SreBot.Telemetry.Sources;

/// <summary>Fills <c>dependency</c> from spans, a complete minute at a time; a minute's token makes it count once. Spans that arrive later than <see cref="Late"/> are not counted.</summary>
internal sealed class SourceDependencies(IClickHouseTransport transport, TelemetrySource source)
{
    private static readonly TimeSpan Late = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan MostBehind = TimeSpan.FromHours(1);
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private DateTimeOffset? doneTo;

    private const string CallsSql = """
        SELECT minute, project_id, caller, callee, request_count, error_count, latency_sum, latency_max
        FROM /*calls*/
        WHERE /*scope*/ AND minute >= {from:DateTime64(3)} AND minute < {to:DateTime64(3)}
        ORDER BY minute
        """;

    /// <returns>The minutes that were filled.</returns>
    public async Task<int> FillAsync(DateTimeOffset now, CancellationToken cancel)
    {
        if (source.Mapping is not { HasSpans: true })
            return 0;

        var to = SqlTime.Floor(now - Late, Minute);
        doneTo ??= await NewestAsync(cancel);
        var from = doneTo is { } done && done > to - MostBehind ? done : to - MostBehind;
        if (from >= to)
            return 0;

        var calls = CallsSql.Replace("/*calls*/", source.Tables.Dependency(QueryBounds.Of(CallsSql, 0)), StringComparison.Ordinal).Replace("/*scope*/", "true", StringComparison.Ordinal);
        var rows = new List<object?[]>();
        await using (var reader = await transport.QueryAsync(calls, ScopeFilter.Texts(calls, new Dictionary<string, object?> { ["from"] = from, ["to"] = to }), cancel))
        {
            while (reader.Read())
            {
                var row = new object[reader.FieldCount];
                reader.GetValues(row);
                rows.Add(row);
            }
        }

        foreach (var minute in rows.GroupBy(row => (DateTime)row[0]!))
        {
            foreach (var batch in TelemetryBatch.ByDay(TelemetryTable.Dependency, [.. minute]))
            {
                using (batch)
                {
                    await transport.InsertAsync(batch.InsertSql(source.Database, $"calls:{minute.Key:yyyyMMddHHmm}"), batch.Block(), cancel);
                }
            }
        }

        doneTo = to;
        return (int)((to - from) / Minute);
    }

    private const string NewestSql = "SELECT maxOrNull(minute) FROM {database:Identifier}.dependency";

    /// <summary>The end of the newest minute that has calls.</summary>
    private async Task<DateTimeOffset?> NewestAsync(CancellationToken cancel)
    {
        await using var reader = await transport.QueryAsync(NewestSql, new Dictionary<string, string> { ["database"] = source.Database }, cancel);
        return reader.Read() && !reader.IsDBNull(0) ? reader.GetFieldValue<DateTimeOffset>(0) + Minute : null;
    }
}
