using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using SreBot.Model;

namespace SreBot.Telemetry.Sources;

/// <summary>How another's table tells requests.</summary>
/// <param name="Columns">An expression over the table by column of <c>request</c>; what is not recorded is not there.</param>
/// <param name="Where">Which rows are requests.</param>
/// <param name="Time">The table's own time column; null: unknown, so that ClickHouse alone finds what a window needs.</param>
/// <param name="Longest">How long before a request's end <paramref name="Time"/> may lie.</param>
/// <param name="Lookup">A condition on the table that a request's id (<c>{0}</c>) implies; null: none.</param>
/// <param name="HasSpans">Rows are spans of the preset's names, so that calls between services can be told.</param>
internal sealed partial record SourceMapping(SourceTable Table, IReadOnlyDictionary<string, string> Columns, string Where, string? Time, TimeSpan Longest, string? Lookup, bool HasSpans)
{
    /// <summary>Columns without which there are no requests to speak of, or which have a value of their own where the source has none.</summary>
    private static readonly Dictionary<string, string> Fallbacks = new() { ["project_id"] = "'default'" };

    /// <summary>The columns of <c>request</c> that the source does not record.</summary>
    public IReadOnlySet<string> Missing { get; } = TelemetryTable.Request.Columns.Select(column => column.Name).Where(name => !Columns.ContainsKey(name)).ToHashSet();

    /// <summary>Differs where the mapping does, or what the roll-ups count.</summary>
    public string Key { get; } = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n',
        [Table.Sql, Where, Time ?? "", Longest.ToString(), .. Columns.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"{pair.Key}={pair.Value}"), .. RollupSql.All.Select(rollup => rollup.Select)]))))[..16];

    /// <exception cref="SreException">Invalid, with the setting that is wrong.</exception>
    public static SourceMapping Of(SourceOptions options)
    {
        var isPreset = IsPreset(options.Preset);
        var columns = new Dictionary<string, string>(isPreset ? OtelTraces.Columns : Fallbacks);
        foreach (var (name, expression) in options.Columns)
        {
            var column = TelemetryTable.Request.Columns.FirstOrDefault(known => string.Equals(known.Name, name, StringComparison.OrdinalIgnoreCase)).Name
                ?? throw Wrong($"Telemetry:Source:Columns:{name} is no column of a request; the columns are {string.Join(", ", TelemetryTable.Request.Columns.Select(known => known.Name))}.");
            columns[column] = Checked($"Columns:{column}", expression);
            if (expression.Trim().Length == 0)
                columns.Remove(column);
        }

        if (!columns.TryGetValue("timestamp", out var timestamp))
            throw Wrong("Telemetry:Source:Columns:timestamp is missing: say which column tells when a request ended, or set Telemetry:Source:Preset to otel_traces.");
        if (options.LongestRequest < TimeSpan.Zero || options.LongestRequest > TimeSpan.FromDays(1))
            throw Wrong("Telemetry:Source:LongestRequest must be from 0 to 1 day.");

        columns.TryAdd("project_id", Fallbacks["project_id"]);
        var time = Checked("Time", options.Time) is { Length: > 0 } said ? said : isPreset ? OtelTraces.Time : PlainColumn().IsMatch(timestamp) ? timestamp : null;
        var where = Checked("Where", options.Where) is { Length: > 0 } rows ? rows : isPreset ? OtelTraces.Where : "true";
        return new SourceMapping(SourceTable.Parse(options.Table), columns, where, time, time == timestamp ? TimeSpan.Zero : options.LongestRequest,
            isPreset && columns.GetValueOrDefault("request_id") == OtelTraces.Columns["request_id"] ? OtelTraces.Lookup : null, isPreset);
    }

    private static bool IsPreset(string? preset) => preset?.Trim().ToLowerInvariant() switch
    {
        OtelTraces.Name => true,
        null or "" or "none" => false,
        _ => throw Wrong($"There is no preset '{preset}' for Telemetry:Source:Preset; use {OtelTraces.Name}, or leave it out and set Telemetry:Source:Columns."),
    };

    private static string Checked(string setting, string? expression)
    {
        var text = expression?.Trim() ?? "";
        return text.AsSpan().IndexOfAny(";{}") < 0 && !text.Contains("--", StringComparison.Ordinal) && !text.Contains("/*", StringComparison.Ordinal) ? text
            : throw Wrong($"Telemetry:Source:{setting} must be one ClickHouse expression, without ; {{ }} or comments.");
    }

    private static SreException Wrong(string message) => new(SreErrorKind.Invalid, message);

    [GeneratedRegex(@"\A[A-Za-z_][A-Za-z0-9_]*\z", RegexOptions.CultureInvariant)]
    private static partial Regex PlainColumn();
}
