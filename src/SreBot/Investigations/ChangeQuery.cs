using SreBot.Model;
using SreBot.Rca;

namespace SreBot.Investigations;

/// <summary>Deploys and other changes near a stretch of time.</summary>
internal static class ChangeQuery
{
    // One event may be kept once for each project that it touches.
    private const string Sql = """
        SELECT timestamp AS at, kind, service, version, title, anyIf(who, who != '') AS who, anyIf(link, link != '') AS link, count() AS projects
        FROM {database:Identifier}.change_event
        WHERE /*scope*/ AND timestamp >= {from:DateTime64(3)} AND timestamp < {to:DateTime64(3)}
        GROUP BY at, kind, service, version, title
        ORDER BY at
        LIMIT 50
        """;

    /// <summary>Not for a scope with conditions: a change has none of the dimensions that they name.</summary>
    public static TelemetryQuery Of(TimeWindow window) => new(Sql, new Dictionary<string, object?> { ["from"] = window.From, ["to"] = window.To });

    public static IReadOnlyList<RcaChange> Read(StepTable table) =>
        [.. ReadFacts(table).Select(change => new RcaChange(change.At, change.Kind, change.Service, change.Version, change.Title))];

    /// <summary>With who did it and where it is written, oldest first.</summary>
    public static IReadOnlyList<ChangeFacts> ReadFacts(StepTable table) =>
        [.. Enumerable.Range(0, table.Rows.Count).Select(row => new ChangeFacts(table.Time(row, "at"), table.Text(row, "kind"), table.Text(row, "service"), table.Text(row, "version"), table.Text(row, "title"), table.Text(row, "who"), table.Text(row, "link")))];
}
