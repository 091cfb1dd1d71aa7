namespace SreBot.Telemetry.Sources;

/// <summary>The preset for the table of the OpenTelemetry Collector's ClickHouse exporter
/// (opentelemetry-collector-contrib, <c>exporter/clickhouseexporter/internal/sql_templates/traces_table.sql</c>). Server and consumer spans are requests; their kinds
/// and status codes are written as the specification has them (<c>Server</c>, <c>Error</c>) since the exporter's change 34799, as <c>SPAN_KIND_SERVER</c> before.</summary>
internal static class OtelTraces
{
    public const string Name = "otel_traces";

    /// <summary>A span's start; requests are counted by their end.</summary>
    public const string Time = "Timestamp";

    public const string Where = "SpanKind IN ('Server', 'SPAN_KIND_SERVER', 'Consumer', 'SPAN_KIND_CONSUMER')";

    /// <summary>The table has an index on the trace id.</summary>
    public const string Lookup = "TraceId = splitByChar('-', {0})[1]";

    /// <summary>The columns by which the table is known.</summary>
    public static IReadOnlyList<string> Recognised { get; } =
        ["Timestamp", "TraceId", "SpanId", "ParentSpanId", "SpanName", "SpanKind", "ServiceName", "ResourceAttributes", "SpanAttributes", "Duration", "StatusCode"];

    /// <summary>Both generations of the semantic conventions for HTTP; a trace has many requests, so that a request's id is its trace's and its span's.</summary>
    public static IReadOnlyDictionary<string, string> Columns { get; } = new Dictionary<string, string>
    {
        ["request_id"] = "concat(TraceId, '-', SpanId)",
        ["timestamp"] = "addNanoseconds(Timestamp, Duration)",
        ["project_id"] = First("'default'", "ResourceAttributes['service.namespace']", "ResourceAttributes['deployment.environment.name']", "ResourceAttributes['deployment.environment']"),
        ["server_id"] = First("''", "ResourceAttributes['k8s.pod.name']", "ResourceAttributes['host.name']", "ResourceAttributes['service.instance.id']"),
        ["service"] = "ServiceName",
        ["version"] = "ResourceAttributes['service.version']",
        ["endpoint"] = $"if(SpanAttributes['http.route'] = '', SpanName, concat({First("'HTTP'", "SpanAttributes['http.request.method']", "SpanAttributes['http.method']")}, ' ', SpanAttributes['http.route']))",
        ["region"] = "ResourceAttributes['cloud.region']",
        ["platform"] = First("''", "SpanAttributes['platform']", "ResourceAttributes['platform']"),
        ["status"] = "multiIf(toUInt16OrZero(SpanAttributes['http.response.status_code']) > 0, toUInt16OrZero(SpanAttributes['http.response.status_code']), toUInt16OrZero(SpanAttributes['http.status_code']) > 0, toUInt16OrZero(SpanAttributes['http.status_code']), StatusCode IN ('Error', 'STATUS_CODE_ERROR'), 500, 200)",
        ["execution_time"] = "Duration / 1e6",
    };

    /// <summary>The first that is not empty.</summary>
    private static string First(string last, params string[] expressions) =>
        $"multiIf({string.Concat(expressions.Select(expression => $"{expression} != '', {expression}, "))}{last})";
}
