using SreBot.Model;
using SreBot.Telemetry;

namespace SreBot.Incidents;

/// <summary>The reads that show an incident beside its surroundings. Runs nothing.</summary>
internal static class IncidentReads
{
    private static readonly string RequestSql = $$"""
        SELECT {{RequestColumns.Sql}}
        FROM {database:Identifier}.request
        WHERE /*scope*/ AND request_id = {id:String} AND timestamp >= {from:DateTime64(3)} AND timestamp < {to:DateTime64(3)}
        LIMIT 1
        """;

    /// <summary>One row, or none: the request with that id in the window.</summary>
    public static TelemetryQuery Request(string id, TimeWindow window) =>
        new(RequestSql, new Dictionary<string, object?> { ["id"] = id, ["from"] = window.From, ["to"] = window.To });

    /// <summary>The incident's own filter on its server; without a server, its filter.</summary>
    public static IReadOnlyList<DimensionCondition> Own(Incident incident) => incident.ServerId is { } server
        ? [.. incident.Filter.Where(condition => condition.Dimension != "server_id"), new DimensionCondition("server_id", server)]
        : incident.Filter;

    /// <summary>The same for the server's peers: all servers.</summary>
    public static IReadOnlyList<DimensionCondition> Peers(Incident incident) => [.. incident.Filter.Where(condition => condition.Dimension != "server_id")];
}
