using SreBot.Evidence;
using SreBot.Model;

namespace SreBot.Investigations;

/// <summary>The newest request of each project, where a stretch reaches up to now: rows that come late are no loss of traffic.</summary>
internal static class ArrivalQuery
{
    private static readonly TimeSpan Recent = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan Tolerated = TimeSpan.FromMinutes(2);
    private const double FewestRequests = 60;

    private const string Sql = """
        SELECT project_id, max(timestamp) AS newest, count() AS request_count
        FROM {database:Identifier}.request
        WHERE /*scope*/ AND timestamp >= {from:DateTime64(3)} AND timestamp < {to:DateTime64(3)}
        GROUP BY project_id
        ORDER BY newest
        LIMIT 9999
        """;

    /// <summary>Null for a stretch that ended long ago.</summary>
    public static async Task<RecordedStep?> ReadAsync(ToolContext context, TimeWindow looked, CancellationToken cancel) => looked.To < context.Now - Recent ? null
        : await context.Steps.ReadAsync("The newest request of each project", context.Scope, new TelemetryQuery(Sql, new Dictionary<string, object?> { ["from"] = looked.From, ["to"] = looked.To }), cancel);

    /// <summary>The projects that lag behind the one whose rows are newest.</summary>
    public static Dictionary<string, DateTimeOffset> Read(StepTable table)
    {
        var newest = Enumerable.Range(0, table.Rows.Count).Where(row => table.Number(row, "request_count") >= FewestRequests).ToDictionary(row => table.Text(row, "project_id"), row => table.Time(row, "newest"));
        return newest.Where(entry => entry.Value < newest.Values.Max() - Tolerated).ToDictionary();
    }
}
