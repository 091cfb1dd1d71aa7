namespace SreBot.Telemetry.Sources;

/// <summary>How a table could tell requests, by its columns. Pure.</summary>
/// <param name="Preset">Null: none fits.</param>
/// <param name="Columns">An expression by column of <c>request</c>; what is not there is not recorded.</param>
/// <param name="Time">The table's time column; null: it has none.</param>
internal sealed record SourceProposal(string? Preset, IReadOnlyDictionary<string, string> Columns, string? Time)
{
    /// <summary>Names as people give them, in small letters without underscores, the surest first. Durations are told apart by their unit.</summary>
    private static readonly (string Column, string Kind, string[] Names)[] Known =
    [
        ("request_id", "", ["requestid", "reqid", "traceid", "correlationid", "uuid", "id"]),
        ("timestamp", "time", ["endtime", "finishedat", "endedat", "timestamp", "eventtime", "requesttime", "time", "ts", "datetime", "createdat"]),
        ("project_id", "", ["projectid", "project", "tenantid", "tenant", "team", "namespace", "environment", "env"]),
        ("server_id", "", ["serverid", "server", "hostname", "host", "podname", "pod", "instance", "node"]),
        ("service", "text", ["servicename", "service", "application", "appname", "app"]),
        ("version", "text", ["serviceversion", "appversion", "version", "release"]),
        ("endpoint", "text", ["endpoint", "route", "operation", "path", "urlpath", "uri", "url"]),
        ("region", "text", ["region", "cloudregion", "zone", "datacenter"]),
        ("platform", "text", ["platform", "clientplatform", "devicetype"]),
        ("status", "number", ["httpstatuscode", "httpstatus", "responsestatus", "statuscode", "responsecode", "status"]),
        ("execution_time", "number", ["executiontime", "executiontimems", "durationms", "latencyms", "elapsedms", "responsetimems", "requesttimems"]),
        ("cost", "number", ["costusd", "cost"]),
        ("number_of_active_requests", "number", ["numberofactiverequests", "activerequests"]),
        ("cpu_usage", "number", ["cpuusage", "cpupercent", "cpu"]),
        ("memory_usage", "number", ["memoryusage", "memorypercent", "memory"]),
    ];

    private static readonly (string Suffix, string Scale)[] Units = [("ns", " / 1e6"), ("nanos", " / 1e6"), ("us", " / 1e3"), ("micros", " / 1e3"), ("seconds", " * 1e3"), ("s", " * 1e3")];

    /// <summary>Nothing is a request without a time and something to measure.</summary>
    public bool IsUsable => Columns.ContainsKey("timestamp") && (Columns.ContainsKey("execution_time") || Columns.ContainsKey("status"));

    public static SourceProposal Of(IReadOnlyList<(string Name, string Type)> columns)
    {
        if (OtelTraces.Recognised.All(name => columns.Any(column => column.Name == name)) && columns.Where(column => column.Name.EndsWith("Attributes", StringComparison.Ordinal) && !column.Name.Contains('.', StringComparison.Ordinal)).All(column => column.Type.StartsWith("Map(", StringComparison.Ordinal)))
            return new SourceProposal(OtelTraces.Name, OtelTraces.Columns, OtelTraces.Time);

        var found = new Dictionary<string, string>();
        foreach (var (column, kind, names) in Known)
        {
            if (names.Select(name => columns.FirstOrDefault(candidate => Plain(candidate.Name) == name && Fits(kind, candidate.Type))).FirstOrDefault(candidate => candidate.Name is not null) is { Name: { } match } one)
                found[column] = NotNull(kind, Quoted(match), one.Type);
        }

        if (!found.ContainsKey("execution_time") && Duration(columns) is { } duration)
            found["execution_time"] = duration;

        return new SourceProposal(null, found, found.GetValueOrDefault("timestamp"));
    }

    /// <summary>A duration whose name says its unit; one that does not is left to a person.</summary>
    private static string? Duration(IReadOnlyList<(string Name, string Type)> columns) =>
        (from column in columns
         where Fits("number", column.Type)
         from what in new[] { "duration", "latency", "elapsed", "responsetime", "requesttime", "executiontime" }
         from unit in Units
         where Plain(column.Name) == what + unit.Suffix
         select NotNull("number", Quoted(column.Name), column.Type) + unit.Scale).FirstOrDefault();

    private static string Plain(string name) => name.Replace("_", "", StringComparison.Ordinal).Replace(".", "", StringComparison.Ordinal).ToLowerInvariant();

    private static string Quoted(string name) => name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter == '_') ? name : $"`{name}`";

    private static string NotNull(string kind, string expression, string type) =>
        kind == "number" && type.Contains("Nullable(", StringComparison.Ordinal) ? $"ifNull({expression}, 0)" : expression;

    private static bool Fits(string kind, string type)
    {
        var plain = type.Replace("LowCardinality(", "", StringComparison.Ordinal).Replace("Nullable(", "", StringComparison.Ordinal);
        return kind switch
        {
            "time" => plain.StartsWith("DateTime", StringComparison.Ordinal) && !type.StartsWith("Nullable", StringComparison.Ordinal),
            "number" => plain.StartsWith("Float", StringComparison.Ordinal) || plain.StartsWith("UInt", StringComparison.Ordinal) || plain.StartsWith("Int", StringComparison.Ordinal) || plain.StartsWith("Decimal", StringComparison.Ordinal),
            "text" => plain.StartsWith("String", StringComparison.Ordinal) || plain.StartsWith("FixedString", StringComparison.Ordinal) || plain.StartsWith("Enum", StringComparison.Ordinal),
            _ => !plain.StartsWith("Map", StringComparison.Ordinal) && !plain.StartsWith("Array", StringComparison.Ordinal) && !plain.StartsWith("JSON", StringComparison.Ordinal),
        };
    }
}
