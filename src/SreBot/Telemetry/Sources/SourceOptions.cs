namespace SreBot.Telemetry.Sources;

/// <summary>Settings <c>Telemetry:Source:*</c>: where the requests of the organization <c>default</c> are. Checked by <see cref="SourceMapping.Of"/> and, against the server, by
/// <see cref="SourceCheck"/>.</summary>
internal sealed class SourceOptions
{
    /// <summary><c>own</c> (unless set), <c>mapped</c> or <c>read-only</c>; the last two need <c>Telemetry:Endpoint</c>.</summary>
    public string Mode { get; set; } = "own";

    /// <summary>The table that others fill, such as <c>otel.otel_traces</c>.</summary>
    public string? Table { get; set; }

    /// <summary><c>otel_traces</c>: the table of the OpenTelemetry Collector's ClickHouse exporter. Empty: <see cref="Columns"/> alone.</summary>
    public string? Preset { get; set; }

    /// <summary>A ClickHouse expression over the table for each column of <c>request</c>, in its unit. They go before the preset's; an empty one, or none, is "not recorded".</summary>
    public Dictionary<string, string> Columns { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Which rows are requests, such as <c>kind = 'server'</c>; all unless set.</summary>
    public string? Where { get; set; }

    /// <summary>The table's own time column, by which it is sorted or partitioned: at most <see cref="LongestRequest"/> before a request's end. The column of
    /// <c>timestamp</c> unless set, where that is a column as it stands.</summary>
    public string? Time { get; set; }

    /// <summary>Requests that took longer are left out everywhere, so that a window reads little before its start; 0 to 1 day, 1 hour unless set.</summary>
    public TimeSpan LongestRequest { get; set; } = TimeSpan.FromHours(1);

    /// <summary>The organization's telemetry database: <c>sre</c>, which is that of the organization <c>default</c>, unless set.</summary>
    public string Database { get; set; } = "sre";

    /// <exception cref="Model.SreException">Invalid: no known mode.</exception>
    public SourceMode ParsedMode() => Mode.Trim().ToLowerInvariant() switch
    {
        "own" or "" => SourceMode.Own,
        "mapped" => SourceMode.Mapped,
        "read-only" or "readonly" => SourceMode.ReadOnly,
        _ => throw new Model.SreException(Model.SreErrorKind.Invalid, $"Telemetry:Source:Mode is '{Mode}'; use own, mapped or read-only."),
    };
}
