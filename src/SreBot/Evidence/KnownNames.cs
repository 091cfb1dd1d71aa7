using SreBot.Model;

namespace SreBot.Evidence;

/// <summary>The values that the dimensions really have, for names as people write them.</summary>
internal static class KnownNames
{
    private const string Sql = """
        SELECT multiIf(grouping(project_id) = 0, 'project_id', grouping(server_id) = 0, 'server_id', grouping(service) = 0, 'service', grouping(version) = 0, 'version',
                grouping(endpoint) = 0, 'endpoint', grouping(region) = 0, 'region', 'platform') AS dimension,
            concat(project_id, server_id, service, version, endpoint, region, platform) AS value,
            count() AS request_count
        FROM {database:Identifier}.request
        WHERE /*scope*/ AND timestamp >= {from:DateTime64(3)} AND timestamp < {to:DateTime64(3)}
        GROUP BY GROUPING SETS ((project_id), (server_id), (service), (version), (endpoint), (region), (platform))
        HAVING value != ''
        ORDER BY dimension, request_count DESC
        LIMIT 5000
        """;

    private static readonly TimeSpan Past = TimeSpan.FromHours(24);

    /// <summary>The conditions with each value as it is really written.</summary>
    /// <exception cref="SreException">NotFound, naming the nearest known ones.</exception>
    public static async Task<IReadOnlyList<DimensionCondition>> ResolveAsync(ToolContext context, IReadOnlyList<DimensionCondition> conditions, TimeWindow window, CancellationToken cancel)
    {
        if (conditions.Count == 0)
            return conditions;

        var step = await context.Steps.ReadAsync("Which servers, projects, services, versions, endpoints, regions and platforms there are", context.Scope,
            new TelemetryQuery(Sql, new Dictionary<string, object?> { ["from"] = window.To - Past < window.From ? window.To - Past : window.From, ["to"] = window.To }), cancel);
        return NameMatch.Resolve([.. Names(step.Table, context.Scope)], conditions);
    }

    /// <summary>A project without requests is known all the same.</summary>
    private static IEnumerable<DimensionCondition> Names(StepTable table, AccessScope scope) =>
        Enumerable.Range(0, table.Rows.Count).Select(row => new DimensionCondition(table.Text(row, "dimension"), table.Text(row, "value")))
            .Union(scope.Projects.Select(project => new DimensionCondition("project_id", project)));
}
