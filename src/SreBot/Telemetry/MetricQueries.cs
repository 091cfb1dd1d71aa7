using SreBot.Model;

namespace SreBot.Telemetry;

/// <summary>Builds the reads that questions ask of <c>request</c>, from the catalogue and typed arguments; runs nothing.
/// Every result has <c>value</c> (Float64 or null) and <c>request_count</c>.</summary>
internal static class MetricQueries
{
    /// <summary>Columns <c>at</c>, <c>value</c>, <c>request_count</c>; a row a step that has requests, oldest first.</summary>
    public static TelemetryQuery Series(MetricAggregate aggregate, TimeWindow window, TimeSpan step, IReadOnlyList<DimensionCondition> filter) =>
        Build($$"""
            SELECT toDateTime64(toStartOfInterval(timestamp, toIntervalSecond({step:UInt32})), 3, 'UTC') AS at, {{aggregate.RequestSql}} AS value, count() AS request_count
            FROM {database:Identifier}.request
            WHERE /*scope*/ AND timestamp >= {from:DateTime64(3)} AND timestamp < {to:DateTime64(3)}{{Where(filter)}}
            GROUP BY at
            ORDER BY at
            """, aggregate, null, window, filter, step, ("step", (int)step.TotalSeconds));

    /// <summary>Columns <c>entity</c>, <c>value</c>, <c>request_count</c>; a row a value of the dimension, the largest value first.</summary>
    public static TelemetryQuery Top(MetricAggregate aggregate, TimeWindow window, string dimension, IReadOnlyList<DimensionCondition> filter, int limit) =>
        Build($$"""
            SELECT toString({{Column(dimension)}}) AS entity, {{aggregate.RequestSql}} AS value, count() AS request_count
            FROM {database:Identifier}.request
            WHERE /*scope*/ AND timestamp >= {from:DateTime64(3)} AND timestamp < {to:DateTime64(3)}{{Where(filter)}}
            GROUP BY entity
            ORDER BY value DESC NULLS LAST, entity
            LIMIT {limit:UInt32}
            """, aggregate, dimension, window, filter, window.Length, ("limit", limit));

    /// <summary>Columns <c>entity</c>, <c>at</c>, <c>value</c>, <c>request_count</c>; for each value of the dimension a row a step, oldest first.</summary>
    public static TelemetryQuery SeriesBy(MetricAggregate aggregate, TimeWindow window, TimeSpan step, string dimension, IReadOnlyList<DimensionCondition> filter) =>
        Build($$"""
            SELECT toString({{Column(dimension)}}) AS entity, toDateTime64(toStartOfInterval(timestamp, toIntervalSecond({step:UInt32})), 3, 'UTC') AS at,
                {{aggregate.RequestSql}} AS value, count() AS request_count
            FROM {database:Identifier}.request
            WHERE /*scope*/ AND timestamp >= {from:DateTime64(3)} AND timestamp < {to:DateTime64(3)}{{Where(filter)}}
            GROUP BY entity, at
            ORDER BY entity, at
            """, aggregate, dimension, window, filter, step, ("step", (int)step.TotalSeconds));

    /// <summary>One row: the metric's <c>value</c> and <c>request_count</c> over the whole window.</summary>
    public static TelemetryQuery Total(MetricAggregate aggregate, TimeWindow window, IReadOnlyList<DimensionCondition> filter) =>
        Build($$"""
            SELECT {{aggregate.RequestSql}} AS value, count() AS request_count
            FROM {database:Identifier}.request
            WHERE /*scope*/ AND timestamp >= {from:DateTime64(3)} AND timestamp < {to:DateTime64(3)}{{Where(filter)}}
            """, aggregate, null, window, filter, window.Length);

    /// <summary>Terms that follow a WHERE: <c> AND service = {filter_0:String}</c>; parameters by <see cref="AddFilter"/>.</summary>
    public static string Where(IReadOnlyList<DimensionCondition> filter) =>
        string.Concat(filter.Select((condition, i) => $" AND {Column(condition.Dimension)} = {{filter_{i}:String}}"));

    public static void AddFilter(IReadOnlyList<DimensionCondition> filter, Dictionary<string, object?> parameters)
    {
        for (var i = 0; i < filter.Count; i++)
        {
            parameters[$"filter_{i}"] = filter[i].Value;
        }
    }

    /// <summary>The column of a dimension: the only way that a dimension's name enters SQL.</summary>
    /// <exception cref="SreException">Invalid, naming the known ones.</exception>
    public static string Column(string dimension) =>
        Dimensions.All.FirstOrDefault(known => known == dimension)
            ?? throw new SreException(SreErrorKind.Invalid, $"There is no dimension '{dimension}'; use {string.Join(", ", Dimensions.All)}.");

    private static TelemetryQuery Build(string sql, MetricAggregate aggregate, string? dimension, TimeWindow window, IReadOnlyList<DimensionCondition> filter, TimeSpan span, params (string Name, object Value)[] more)
    {
        var parameters = new Dictionary<string, object?> { ["from"] = window.From, ["to"] = window.To };
        AddFilter(filter, parameters);
        foreach (var (name, value) in more)
        {
            parameters[name] = value;
        }

        if (sql.Contains("{window_seconds:", StringComparison.Ordinal))
        {
            parameters["window_seconds"] = span.TotalSeconds;
        }

        return new TelemetryQuery(sql, parameters) { Needs = dimension is null ? aggregate.Columns : [.. aggregate.Columns, dimension] };
    }
}
