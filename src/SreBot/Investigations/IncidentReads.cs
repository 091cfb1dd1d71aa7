using SreBot.Evidence;
using SreBot.Model;
using SreBot.Rca;
using SreBot.Telemetry;

namespace SreBot.Investigations;

/// <summary>The incident's request, and its server's hours six either side.</summary>
/// <param name="Request">Null when the incident hangs on none.</param>
/// <param name="Stats">Null when neither the incident nor the verdict names a server.</param>
internal sealed record IncidentReads(RecordedStep? Request, RecordedStep? Stats, string? Server)
{
    private static readonly string RequestSql = $$"""
        SELECT {{RequestColumns.Sql}}
        FROM {database:Identifier}.request
        WHERE /*scope*/ AND request_id = {request:String} AND timestamp >= {from:DateTime64(3)} AND timestamp < {to:DateTime64(3)}
        ORDER BY timestamp DESC
        LIMIT 1
        """;

    private static readonly string StatsSql = $$"""
        SELECT server_id, toDateTime64(toStartOfHour(timestamp), 3, 'UTC') AS hour, {{MetricCatalogue.Find("cpu").Aggregate("mean").RequestSql}} AS avg_cpu_usage,
            {{MetricCatalogue.Find("memory").Aggregate("mean").RequestSql}} AS avg_memory_usage, {{MetricCatalogue.Find("latency").Aggregate("mean").RequestSql}} AS avg_execution_time, count() AS total_requests
        FROM {database:Identifier}.request
        WHERE /*scope*/ AND server_id = {server:String} AND timestamp > {from:DateTime64(3)} AND timestamp < {to:DateTime64(3)}
        GROUP BY server_id, hour
        ORDER BY hour
        """;

    public static async Task<IncidentReads> ReadAsync(ToolContext context, IncidentFacts incident, RcaVerdict verdict, CancellationToken cancel)
    {
        var request = incident.RequestId is not { Length: > 0 } id ? null : await context.Steps.ReadAsync($"The request that INC-{incident.Id} hangs on", context.Scope, new TelemetryQuery(RequestSql, new Dictionary<string, object?>
        {
            ["request"] = id, ["from"] = incident.StartedAt.AddDays(-1), ["to"] = (incident.ResolvedAt ?? context.Now).AddDays(1),
        }), cancel);
        var server = incident.ServerId ?? verdict.Causes.SelectMany(cause => cause.Conditions).FirstOrDefault(condition => condition.Dimension == "server_id")?.Value;
        var stats = server is null ? null : await context.Steps.ReadAsync($"{server} by hour, six hours either side of INC-{incident.Id}", context.Scope, new TelemetryQuery(StatsSql, new Dictionary<string, object?>
        {
            ["server"] = server, ["from"] = incident.StartedAt.AddHours(-6), ["to"] = Ended(incident.StartedAt.AddHours(6), context.Now.AddSeconds(-20)),
        }), cancel);
        return new IncidentReads(request, stats, server);
    }

    /// <summary>The last whole minute that is no longer coming in: the same read later gives the same.</summary>
    private static DateTimeOffset Ended(DateTimeOffset end, DateTimeOffset now) => end < now ? end : new DateTimeOffset(now.UtcTicks - (now.UtcTicks % TimeSpan.TicksPerMinute), TimeSpan.Zero);
}
