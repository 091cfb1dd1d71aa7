using SreBot.Model;
using SreBot.Rca;
using SreBot.Telemetry;

namespace SreBot.Investigations;

/// <summary>Counts and sums of every value of every dimension, and of every pair, before and during the change, in one read.</summary>
internal static class CellQuery
{
    private static readonly (string Column, string Sql)[] Measures =
    [
        ("count", "count()"), ("latency", "sum(execution_time)"), ("latency_squares", "sum(execution_time * execution_time)"), ("errors", "sum(status BETWEEN 400 AND 599)"),
        ("cost", "sum(cost)"), ("cost_squares", "sum(cost * cost)"), ("cpu", "sum(cpu_usage)"), ("cpu_squares", "sum(cpu_usage * cpu_usage)"),
        ("memory", "sum(memory_usage)"), ("memory_squares", "sum(memory_usage * memory_usage)"),
    ];

    private static readonly string[] Stretches = ["earlier", "before", "during"];

    /// <summary>The requests are read once, into the finest cells; the wider ones are sums of those.</summary>
    private static readonly string Sql = $$"""
        SELECT {{string.Join(", ", Dimensions.All)}},
            {{string.Join(",\n    ", Stretches.SelectMany((stretch, i) => Measures.Select(measure => $"sumIf(cell_{measure.Column}, stretch = {i}) AS {stretch}_{measure.Column}")))}}
        FROM
        (
            SELECT {{string.Join(", ", Dimensions.All)}}, multiIf(timestamp < {middle:DateTime64(3)}, 0, timestamp < {onset:DateTime64(3)}, 1, 2) AS stretch,
                {{string.Join(", ", Measures.Select(measure => $"{measure.Sql} AS cell_{measure.Column}"))}}
            FROM {database:Identifier}.request
            WHERE /*scope*/ AND timestamp >= {from:DateTime64(3)} AND timestamp < {to:DateTime64(3)}
            GROUP BY {{string.Join(", ", Dimensions.All)}}, stretch
        )
        GROUP BY GROUPING SETS ({{string.Join(", ", Sets())}})
        ORDER BY during_count DESC
        LIMIT 9999
        """;

    public static TelemetryQuery Of(TimeWindow earlier, TimeWindow before, TimeWindow during) => new(Sql, new Dictionary<string, object?>
    {
        ["from"] = earlier.From, ["middle"] = before.From, ["onset"] = during.From, ["to"] = during.To,
    });

    /// <summary>A value that is empty names nothing: its rows are the same requests as the wider cell's, and are left out for it.</summary>
    public static IReadOnlyList<RcaCell> Read(StepTable table)
    {
        var columns = Dimensions.All.Select(table.Column).ToArray();
        var cells = new Dictionary<string, RcaCell>();
        for (var row = 0; row < table.Rows.Count; row++)
        {
            var conditions = new List<DimensionCondition>(2);
            for (var i = 0; i < columns.Length; i++)
            {
                if (table.Rows[row][columns[i]] is string { Length: > 0 } value)
                    conditions.Add(new DimensionCondition(Dimensions.All[i], value));
            }

            var cell = new RcaCell(conditions, Tally(table, row, "earlier"), Tally(table, row, "before"), Tally(table, row, "during"));
            var key = string.Join('\u001f', conditions.Select(condition => $"{condition.Dimension}\u001e{condition.Value}"));
            if (!cells.TryGetValue(key, out var known) || known.Past.Count + known.During.Count < cell.Past.Count + cell.During.Count)
                cells[key] = cell;
        }

        return [.. cells.Values];
    }

    private static RcaTally Tally(StepTable table, int row, string stretch)
    {
        double Value(string column) => table.Number(row, $"{stretch}_{column}");
        return new RcaTally
        {
            Count = Value("count"),
            Latency = Value("latency"),
            LatencySquares = Value("latency_squares"),
            Errors = Value("errors"),
            Cost = Value("cost"),
            CostSquares = Value("cost_squares"),
            Cpu = Value("cpu"),
            CpuSquares = Value("cpu_squares"),
            Memory = Value("memory"),
            MemorySquares = Value("memory_squares"),
        };
    }

    private static IEnumerable<string> Sets()
    {
        yield return "()";
        for (var i = 0; i < Dimensions.All.Count; i++)
        {
            yield return $"({Dimensions.All[i]})";
            for (var j = i + 1; j < Dimensions.All.Count; j++)
            {
                yield return $"({Dimensions.All[i]}, {Dimensions.All[j]})";
            }
        }
    }
}
