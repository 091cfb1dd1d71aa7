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
        return [.. conditions.Select(condition => Resolve(step.Table, context.Scope, condition))];
    }

    private static DimensionCondition Resolve(StepTable table, AccessScope scope, DimensionCondition condition)
    {
        var known = Enumerable.Range(0, table.Rows.Count).Where(row => table.Text(row, "dimension") == condition.Dimension).Select(row => table.Text(row, "value")).ToList();
        if (condition.Dimension == "project_id")
            known.AddRange(scope.Projects.Except(known)); // a project without requests is known all the same

        if (NearestName.Same(condition.Value, known) is { } same)
            return condition with { Value = same };

        var word = condition.Dimension.Replace("_id", "", StringComparison.Ordinal);
        var near = NearestName.Of(condition.Value, known) is { Count: > 0 } names ? $"did you mean {string.Join(" or ", names)}?"
            : known.Count > 0 ? $"there are {string.Join(", ", known.Take(8))}{(known.Count > 8 ? " and more" : "")}." : "no request in that time names one.";
        throw new SreException(SreErrorKind.NotFound, $"I see no {word} '{Short(condition.Value)}'; {near}");
    }

    private static string Short(string text) => text.Length <= 60 ? text : text[..60] + "…";
}
