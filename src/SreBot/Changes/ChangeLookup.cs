using SreBot.Model;

namespace SreBot.Changes;

/// <summary>Reads changes for questions.</summary>
internal sealed class ChangeLookup : IChangeLookup
{
    // One event is kept once for each project that it touches.
    private const string Sql = """
        SELECT timestamp AS at, kind, service, version, title, anyIf(who, who != '') AS who, anyIf(link, link != '') AS link, count() AS projects
        FROM {database:Identifier}.change_event
        WHERE /*scope*/ AND timestamp >= {from:DateTime64(3)} AND timestamp < {to:DateTime64(3)}
        """;

    private const string Order = """

        GROUP BY at, kind, service, version, title
        ORDER BY at DESC
        LIMIT 500
        """;

    public async Task<IReadOnlyList<ChangeFacts>> FindAsync(ToolContext context, TimeWindow window, string? service, string? version, CancellationToken cancel) =>
        Read((await ReadAsync(context, window, service, version, cancel)).Table);

    /// <exception cref="SreException">Forbidden, to somebody who sees only a part of the requests by a dimension that a change does not have.</exception>
    public static Task<RecordedStep> ReadAsync(ToolContext context, TimeWindow window, string? service, string? version, CancellationToken cancel)
    {
        if (!context.Scope.Conditions.All(condition => condition.Dimension is "service" or "version" or "project_id"))
            throw new SreException(SreErrorKind.Forbidden, "You see only a part of the requests, and changes are recorded for all of them; ask somebody without that limit.");

        var parameters = new Dictionary<string, object?> { ["from"] = window.From, ["to"] = window.To };
        var sql = Sql;
        if (service is not null)
        {
            parameters["service"] = service;
            sql += " AND lower(service) = lower({service:String})";
        }

        if (version is not null)
        {
            parameters["version"] = version;
            sql += " AND lower(version) = lower({version:String})";
        }

        var of = string.Join(' ', new[] { service, version }.OfType<string>());
        return context.Steps.ReadAsync($"Deploys and other changes{(of.Length > 0 ? $" of {of}" : "")}, newest first", context.Scope, new TelemetryQuery(sql + Order, parameters), cancel);
    }

    public static IReadOnlyList<ChangeFacts> Read(StepTable table) =>
        [.. Enumerable.Range(0, table.Rows.Count).Select(row => new ChangeFacts(table.Time(row, "at"), table.Text(row, "kind"), table.Text(row, "service"), table.Text(row, "version"),
            table.Text(row, "title"), table.Text(row, "who"), table.Text(row, "link")))];
}
