namespace SreBot.Tests.Telemetry.Sources;

/// <summary>The OpenTelemetry Collector's table, and requests written as spans in it.</summary>
internal static class OtelTable
{
    /// <summary>As the exporter makes it: open-telemetry/opentelemetry-collector-contrib, exporter/clickhouseexporter/internal/sql_templates/traces_table.sql at ff7a94656bd0,
    /// with its engine (MergeTree) and without a TTL, which is off unless configured.</summary>
    public static string Create(string database) => $"""
        CREATE TABLE IF NOT EXISTS "{database}"."otel_traces" (
            Timestamp DateTime64(9) CODEC(Delta, ZSTD(1)),
            TraceId String CODEC(ZSTD(1)),
            SpanId String CODEC(ZSTD(1)),
            ParentSpanId String CODEC(ZSTD(1)),
            TraceState String CODEC(ZSTD(1)),
            SpanName LowCardinality(String) CODEC(ZSTD(1)),
            SpanKind LowCardinality(String) CODEC(ZSTD(1)),
            ServiceName LowCardinality(String) CODEC(ZSTD(1)),
            ResourceAttributes Map(LowCardinality(String), String) CODEC(ZSTD(1)),
            ScopeName String CODEC(ZSTD(1)),
            ScopeVersion String CODEC(ZSTD(1)),
            SpanAttributes Map(LowCardinality(String), String) CODEC(ZSTD(1)),
            Duration UInt64 CODEC(ZSTD(1)),
            StatusCode LowCardinality(String) CODEC(ZSTD(1)),
            StatusMessage String CODEC(ZSTD(1)),
            Events Nested (
                Timestamp DateTime64(9),
                Name LowCardinality(String),
                Attributes Map(LowCardinality(String), String)
            ) CODEC(ZSTD(1)),
            Links Nested (
                TraceId String,
                SpanId String,
                TraceState String,
                Attributes Map(LowCardinality(String), String)
            ) CODEC(ZSTD(1)),
            INDEX idx_trace_id TraceId TYPE bloom_filter(0.001) GRANULARITY 1,
            INDEX idx_res_attr_key mapKeys(ResourceAttributes) TYPE bloom_filter(0.01) GRANULARITY 1,
            INDEX idx_res_attr_value mapValues(ResourceAttributes) TYPE bloom_filter(0.01) GRANULARITY 1,
            INDEX idx_span_attr_key mapKeys(SpanAttributes) TYPE bloom_filter(0.01) GRANULARITY 1,
            INDEX idx_span_attr_value mapValues(SpanAttributes) TYPE bloom_filter(0.01) GRANULARITY 1,
            INDEX idx_duration Duration TYPE minmax GRANULARITY 1
        ) ENGINE = MergeTree()
        PARTITION BY toDate(Timestamp)
        ORDER BY (ServiceName, SpanName, toDateTime(Timestamp))
        SETTINGS index_granularity=8192, ttl_only_drop_parts = 1
        """;

    /// <summary>What the spans carry beside the preset's attributes, so that a mapping can tell all columns of a request.</summary>
    public static IReadOnlyDictionary<string, string> AllColumns { get; } = new Dictionary<string, string>
    {
        ["cost"] = "toFloat64OrZero(SpanAttributes['app.cost'])",
        ["cpu_usage"] = "toFloat64OrZero(SpanAttributes['app.cpu'])",
        ["memory_usage"] = "toFloat64OrZero(SpanAttributes['app.memory'])",
        ["number_of_active_requests"] = "toUInt32OrZero(SpanAttributes['app.active'])",
    };

    /// <summary>Writes own requests as spans: every second one as the exporter and the conventions were before 2024, the others as they are now. Beside each stand a client
    /// span and an inner span, which are no requests.</summary>
    public static string Copy(string from, string to, string where) => $"""
        INSERT INTO {to}.otel_traces (Timestamp, TraceId, SpanId, ParentSpanId, SpanName, SpanKind, ServiceName, ResourceAttributes, SpanAttributes, Duration, StatusCode)
        WITH
            cityHash64(request_id) % 2 = 0 AS old, splitByChar('-', request_id) AS ids, splitByChar(' ', toString(endpoint)) AS words, toUInt64(round(execution_time * 1e6)) AS length,
            addNanoseconds(toDateTime64(timestamp, 9, 'UTC'), -toInt64(length)) AS start,
            map('service.namespace', toString(project_id), if(old, 'host.name', 'k8s.pod.name'), toString(server_id), 'service.version', toString(version), 'cloud.region', toString(region)) AS resource
        SELECT start, ids[1], ids[2], '', toString(endpoint), if(old, 'SPAN_KIND_SERVER', 'Server'), toString(service), resource,
            mapConcat(map(if(old, 'http.method', 'http.request.method'), words[1], 'http.route', words[2], 'platform', toString(platform), 'app.cost', toString(cost), 'app.cpu', toString(cpu_usage),
                'app.memory', toString(memory_usage), 'app.active', toString(number_of_active_requests)),
                if(status IN (200, 500) AND endsWith(ids[2], '7'), map(), map(if(old, 'http.status_code', 'http.response.status_code'), toString(status)))),
            length, multiIf(status < 500, if(old, 'STATUS_CODE_UNSET', 'Unset'), old, 'STATUS_CODE_ERROR', 'Error')
        FROM {from}.request
        WHERE {where}
        UNION ALL
        SELECT start, ids[1], concat('c', ids[2]), ids[2], 'SELECT', if(old, 'SPAN_KIND_CLIENT', 'Client'), toString(service), resource, map('db.system', 'postgresql'), 99000000000, 'Unset'
        FROM {from}.request
        WHERE {where}
        UNION ALL
        SELECT start, ids[1], concat('i', ids[2]), ids[2], 'work', if(old, 'SPAN_KIND_INTERNAL', 'Internal'), toString(service), resource, map(), 99000000000, 'Unset'
        FROM {from}.request
        WHERE {where}
        """;

    /// <summary>One server span, with what a careless writer may put in it.</summary>
    public static string Span(string database, DateTimeOffset end, double milliseconds, string project, string service, string name, string trace, string span, string parent = "", string kind = "Server", string status = "Unset") => $"""
        INSERT INTO {database}.otel_traces (Timestamp, TraceId, SpanId, ParentSpanId, SpanName, SpanKind, ServiceName, ResourceAttributes, SpanAttributes, Duration, StatusCode)
        SELECT addNanoseconds(fromUnixTimestamp64Milli({end.ToUnixTimeMilliseconds()}, 'UTC'), -{(long)(milliseconds * 1e6)}), {Text(trace)}, {Text(span)}, {Text(parent)}, {Text(name)}, '{kind}', {Text(service)},
            map('service.namespace', {Text(project)}), map(), {(long)(milliseconds * 1e6)}, '{status}'
        """;

    private static string Text(string text) => $"'{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "\\'", StringComparison.Ordinal)}'";
}
