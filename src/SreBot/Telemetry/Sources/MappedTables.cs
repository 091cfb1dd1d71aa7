namespace SreBot.Telemetry.Sources;

/// <summary>SreBot's tables as subqueries over another's table. Runs nothing.</summary>
internal sealed class MappedTables(SourceMapping mapping)
{
    /// <summary><c>request</c>; a column that the source lacks is NULL, or empty for a dimension.</summary>
    public string Request(QueryBounds bounds) => Request($"{Range(bounds)}{Lookup(bounds)}", "NULL");

    /// <summary>A roll-up. What the source lacks is 0 there, so that a view on the table never fails an insert; the store refuses to read it.</summary>
    public string Rollup(RollupSql rollup, QueryBounds bounds) => $"({RollupSelect(rollup, Range(bounds))})";

    /// <summary>The roll-up's rows of requests that ended within a stretch.</summary>
    /// <param name="to">Null: for ever.</param>
    public string RollupSelect(RollupSql rollup, DateTimeOffset from, DateTimeOffset? to)
    {
        var ended = Of("timestamp");
        var range = to is { } end ? $" AND {ended} < {SqlTime.Text(end)}" : "";
        var coarse = mapping.Time is null ? "" : $" AND {mapping.Time} >= {SqlTime.Text(from - mapping.Longest)}{(to is { } last ? $" AND {mapping.Time} <= {SqlTime.Text(last)}" : "")}";
        return RollupSelect(rollup, $"{coarse} AND {ended} >= {SqlTime.Text(from)}{range}");
    }

    /// <summary><c>dependency</c>: calls between services, told from a span and its parent in another service.</summary>
    public string Dependency(QueryBounds bounds)
    {
        var parents = mapping.Time is null ? "" : $"{(bounds.From is { } from ? $" AND {mapping.Time} >= {from} - toIntervalSecond({2 * Seconds(mapping.Longest)})" : "")}{Until(bounds)}";
        var called = $"FROM {mapping.Table.Sql} WHERE ({mapping.Where}) AND ParentSpanId != ''{Range(bounds)}";
        return $"""
            (SELECT toStartOfMinute(sre_timestamp) AS minute, sre_project_id AS project_id, sre_caller AS caller, sre_service AS callee, count() AS request_count,
                countIf(sre_status BETWEEN 400 AND 599) AS error_count, sum(sre_execution_time) AS latency_sum, max(sre_execution_time) AS latency_max
            FROM (SELECT TraceId AS sre_trace, ParentSpanId AS sre_parent, {Of("timestamp")} AS sre_timestamp, {Of("project_id")} AS sre_project_id, {Of("service")} AS sre_service,
                {Of("status", "0")} AS sre_status, {Of("execution_time", "0")} AS sre_execution_time {called}) AS called
            INNER JOIN (SELECT TraceId AS sre_caller_trace, SpanId AS sre_caller_span, toLowCardinality(toString(ServiceName)) AS sre_caller FROM {mapping.Table.Sql}
                WHERE TraceId IN (SELECT TraceId {called}){parents}) AS calling ON sre_caller_trace = sre_trace AND sre_caller_span = sre_parent
            WHERE sre_caller != sre_service
            GROUP BY minute, project_id, caller, callee)
            """;
    }

    /// <summary>A table of that shape without a row.</summary>
    public static string Empty(TelemetryTable table) =>
        $"(SELECT {string.Join(", ", table.Columns.Select(column => $"defaultValueOfTypeName('{column.Type.Replace("'", "\\'", StringComparison.Ordinal)}') AS {column.Name}"))} WHERE false)";

    /// <summary>A column of <c>request</c> in its own type.</summary>
    /// <param name="absent">What stands for a measure that the source lacks.</param>
    public string Of(string column, string absent = "NULL")
    {
        var type = TelemetryTable.Request.Columns.First(known => known.Name == column).Type;
        return (type, mapping.Columns.GetValueOrDefault(column)) switch
        {
            ("String", null) => "''",
            ("LowCardinality(String)", null) => "materialize(toLowCardinality(''))",
            (_, null) => $"CAST({absent}, '{(absent == "NULL" ? $"Nullable({type})" : type)}')",
            ("String", { } expression) => $"ifNull(toString({expression}), '')",
            ("LowCardinality(String)", { } expression) => $"toLowCardinality(ifNull(toString({expression}), ''))",
            ("UInt16", { } expression) => $"toUInt16({expression})",
            ("UInt32", { } expression) => $"toUInt32({expression})",
            ("Float64", { } expression) => $"toFloat64({expression})",
            (_, { } expression) => $"toDateTime64({expression}, 3, 'UTC')",
        };
    }

    private string RollupSelect(RollupSql rollup, string range) => rollup.Over(Request(range, "0"));

    /// <summary>Two levels, so that a column of the table may have a contract column's name and mean something else.</summary>
    private string Request(string range, string absent)
    {
        var columns = TelemetryTable.Request.Columns.Select(column => column.Name).ToList();
        var tooLong = mapping.Time is null || mapping.Longest == TimeSpan.Zero ? "" : $" AND {Of("timestamp")} <= {mapping.Time} + toIntervalSecond({Seconds(mapping.Longest)})";
        return $"""
            (SELECT {string.Join(", ", columns.Select(column => $"sre_{column} AS {column}"))}
            FROM (SELECT {string.Join(", ", columns.Select(column => $"{Of(column, absent)} AS sre_{column}"))}
                FROM {mapping.Table.Sql} WHERE ({mapping.Where}){tooLong}{range}))
            """;
    }

    /// <summary>On the table's own time, so that its key and partitions leave out what the window cannot hold.</summary>
    private string Range(QueryBounds bounds) => mapping.Time is null ? ""
        : $"{(bounds.From is { } from ? $" AND {mapping.Time} >= {from} - toIntervalSecond({Seconds(mapping.Longest)})" : "")}{Until(bounds)}";

    private string Until(QueryBounds bounds) => bounds.To is { } to ? $" AND {mapping.Time} <= {to} + toIntervalSecond({Seconds(bounds.Step)})" : "";

    private string Lookup(QueryBounds bounds) =>
        mapping.Lookup is { } lookup && bounds.Request is { } request ? $" AND {lookup.Replace("{0}", request, StringComparison.Ordinal)}" : "";

    private static long Seconds(TimeSpan time) => (long)Math.Ceiling(time.TotalSeconds);
}
