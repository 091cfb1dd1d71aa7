using SreBot.Model;
using SreBot.Telemetry;

namespace SreBot.Evidence;

/// <summary>The values that the dimensions really have, for names as people write them.</summary>
internal static class KnownNames
{
    /// <summary>Of the dimensions that are asked about alone: each is one short read of one column.</summary>
    private static string Sql(IEnumerable<string> dimensions) => string.Join("\nUNION ALL\n", dimensions.Select(MetricQueries.Column).Select(dimension => $$"""
        (
            SELECT '{{dimension}}' AS dimension, toString({{dimension}}) AS value, count() AS request_count
            FROM {database:Identifier}.request
            WHERE /*scope*/ AND timestamp >= {from:DateTime64(3)} AND timestamp < {to:DateTime64(3)}
            GROUP BY value
            HAVING value != ''
            ORDER BY request_count DESC
            LIMIT 5000
        )
        """));

    private static readonly TimeSpan Past = TimeSpan.FromHours(24);

    /// <summary>The conditions with each value as it is really written.</summary>
    /// <exception cref="SreException">NotFound, naming the nearest known ones.</exception>
    public static async Task<IReadOnlyList<DimensionCondition>> ResolveAsync(ToolContext context, IReadOnlyList<DimensionCondition> conditions, TimeWindow window, CancellationToken cancel)
    {
        if (conditions.Count == 0)
            return conditions;

        IReadOnlyList<string> dimensions = conditions.Any(condition => condition.Dimension == FilterText.AnyDimension) ? Dimensions.All : [.. conditions.Select(condition => condition.Dimension).Distinct()];
        var step = await context.Steps.ReadAsync($"Which values of {string.Join(", ", dimensions.Select(FilterText.Plain))} there are", context.Scope,
            new TelemetryQuery(Sql(dimensions), new Dictionary<string, object?> { ["from"] = window.To - Past < window.From ? window.To - Past : window.From, ["to"] = window.To }), cancel);
        return NameMatch.Resolve([.. Names(step.Table, context.Scope)], conditions);
    }

    /// <summary>A project without requests is known all the same.</summary>
    private static IEnumerable<DimensionCondition> Names(StepTable table, AccessScope scope) =>
        Enumerable.Range(0, table.Rows.Count).Select(row => new DimensionCondition(table.Text(row, "dimension"), table.Text(row, "value")))
            .Union(scope.Projects.Select(project => new DimensionCondition("project_id", project)));
}
