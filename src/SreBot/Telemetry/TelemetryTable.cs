namespace SreBot.Telemetry;

/// <summary>A table that rows are inserted into, with its columns in insert order and their ClickHouse types.</summary>
internal sealed record TelemetryTable(string Name, IReadOnlyList<(string Name, string Type)> Columns)
{
    /// <summary>The contract of domain.md; <c>timestamp</c> is when the request ended.</summary>
    public static TelemetryTable Request { get; } = new("request",
    [
        ("request_id", "String"), ("timestamp", "DateTime64(3, 'UTC')"),
        ("project_id", "LowCardinality(String)"), ("server_id", "LowCardinality(String)"),
        ("service", "LowCardinality(String)"), ("version", "LowCardinality(String)"), ("endpoint", "LowCardinality(String)"),
        ("region", "LowCardinality(String)"), ("platform", "LowCardinality(String)"),
        ("status", "UInt16"), ("execution_time", "Float64"), ("cost", "Float64"),
        ("number_of_active_requests", "UInt32"), ("cpu_usage", "Float64"), ("memory_usage", "Float64"),
    ]);

    /// <summary>The same table, with when the rows were imported: they are kept from then on, however old they are.</summary>
    public static TelemetryTable ImportedRequest { get; } = new("request", [.. Request.Columns, ("imported_at", "DateTime('UTC')")]);

    /// <summary>The tutorial's aggregates by server and hour, as they were loaded.</summary>
    public static TelemetryTable ImportedServerMetrics { get; } = new("imported_server_metrics",
    [
        ("project_id", "LowCardinality(String)"), ("server_id", "LowCardinality(String)"), ("hour", "DateTime('UTC')"),
        ("avg_cpu_usage", "Float64"), ("avg_memory_usage", "Float64"), ("total_requests", "UInt64"),
    ]);

    /// <summary>Stands for a project in rows that belong to the organization as a whole.</summary>
    public const string WholeOrganization = "*";

    /// <summary>Deploys, configuration changes and flags.</summary>
    public static TelemetryTable ChangeEvent { get; } = new("change_event",
    [
        ("change_id", "String"), ("timestamp", "DateTime64(3, 'UTC')"), ("project_id", "LowCardinality(String)"),
        ("kind", "LowCardinality(String)"), ("service", "LowCardinality(String)"), ("version", "LowCardinality(String)"),
        ("title", "String"), ("who", "String"), ("link", "String"),
    ]);

    /// <summary>Calls between services, a row a minute, caller and callee; latencies in ms.</summary>
    public static TelemetryTable Dependency { get; } = new("dependency",
    [
        ("minute", "DateTime('UTC')"), ("project_id", "LowCardinality(String)"), ("caller", "LowCardinality(String)"), ("callee", "LowCardinality(String)"),
        ("request_count", "UInt64"), ("error_count", "UInt64"), ("latency_sum", "Float64"), ("latency_max", "Float64"),
    ]);

    /// <summary>The rules of a telemetry database, for joins; read by the evaluator alone.</summary>
    public static TelemetryTable AlertRule { get; } = new("alert_rule",
    [
        ("as_of", "DateTime('UTC')"), ("set_key", "UInt64"), ("version", "UInt64"), ("query", "UInt16"), ("shard", "UInt8"), ("probe", "UInt32"),
        ("project_id", "String"), ("window", "UInt32"), ("filter_server_id", "String"), ("filter_service", "String"), ("filter_version", "String"), ("filter_endpoint", "String"),
        ("filter_region", "String"), ("filter_platform", "String"), ("value", "UInt8"), ("divisor", "Float64"), ("low", "Float64"), ("high", "Float64"), ("is_outside", "Bool"),
        ("min_requests", "UInt64"), ("percent", "UInt8"), ("buckets", "UInt32"),
    ]);
}
