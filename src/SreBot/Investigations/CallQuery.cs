using SreBot.Evidence;
using SreBot.Model;
using SreBot.Rca;
using SreBot.Telemetry.Wire;

namespace SreBot.Investigations;

/// <summary>Calls to dependencies, before and during the change.</summary>
internal static class CallQuery
{
    private static readonly string[] Stretches = ["earlier", "before", "during"];

    private const string Sql = """
        SELECT caller, callee, multiIf(minute < {middle:DateTime64(3)}, 'earlier', minute < {onset:DateTime64(3)}, 'before', 'during') AS stretch, sum(calls) AS call_count,
            count() AS minutes, sum(failed) AS errors, sum(milliseconds) AS latency, sum(milliseconds * milliseconds / calls) AS latency_squares
        FROM
        (
            SELECT caller, callee, minute, sum(request_count) AS calls, sum(error_count) AS failed, sum(latency_sum) AS milliseconds
            FROM {database:Identifier}.dependency
            WHERE /*scope*/ AND minute >= {from:DateTime64(3)} AND minute < {to:DateTime64(3)}
            GROUP BY caller, callee, minute
            HAVING calls > 0
        )
        GROUP BY caller, callee, stretch
        ORDER BY call_count DESC
        LIMIT 3000
        """;

    private const int UnknownTable = 60; // ClickHouse, src/Common/ErrorCodes.cpp

    /// <summary>Null where calls are not recorded. Not for a scope with conditions: a call has none of the dimensions that they name.</summary>
    public static async Task<RecordedStep?> ReadAsync(ToolContext context, TimeWindow earlier, TimeWindow before, TimeWindow during, CancellationToken cancel)
    {
        if (context.Scope.Conditions.Count > 0)
            return null;

        try
        {
            return await context.Steps.ReadAsync("Calls to every dependency, before and during the change", context.Scope, new TelemetryQuery(Sql, new Dictionary<string, object?>
            {
                ["from"] = earlier.From, ["middle"] = before.From, ["onset"] = during.From, ["to"] = during.To,
            }), cancel);
        }
        catch (ClickHouseException error) when (error.Code == UnknownTable)
        {
            return null;
        }
    }

    public static IReadOnlyList<RcaCall> Read(StepTable table) =>
    [
        .. Enumerable.Range(0, table.Rows.Count).GroupBy(row => (Caller: table.Text(row, "caller"), Callee: table.Text(row, "callee"))).Select(group =>
        {
            var tallies = Stretches.Select(stretch => group.Where(row => table.Text(row, "stretch") == stretch).Select(row => Tally(table, row)).FirstOrDefault()).ToArray();
            return new RcaCall(group.Key.Caller, group.Key.Callee, tallies[0], tallies[1], tallies[2]);
        }),
    ];

    private static RcaCallTally Tally(StepTable table, int row) => new()
    {
        Count = table.Number(row, "call_count"), Minutes = table.Number(row, "minutes"), Errors = table.Number(row, "errors"), Latency = table.Number(row, "latency"), LatencySquares = table.Number(row, "latency_squares"),
    };
}
