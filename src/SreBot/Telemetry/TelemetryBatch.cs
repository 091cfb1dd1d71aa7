using System.Globalization;
using SreBot.Telemetry.Wire;

namespace SreBot.Telemetry;

/// <summary>The rows of one UTC day of a batch: one insert, one block, one part in each table that it reaches.</summary>
/// <param name="Token">The batch's token and the day.</param>
/// <param name="Rows">In RowBinary.</param>
/// <param name="From">The oldest row's time.</param>
/// <param name="To">Just past the newest row's time.</param>
/// <param name="First">The first row.</param>
internal sealed record TelemetryBatch(TelemetryTable Table, string Token, ReadOnlyMemory<byte> Rows, DateTimeOffset From, DateTimeOffset To, object?[] First)
{
    /// <summary>Above it, ClickHouse would cut an insert into several blocks, of which some could be kept and others not.</summary>
    private const int MostRows = 1_000_000;

    /// <summary>The days in order.</summary>
    /// <exception cref="ArgumentException">More than 1,000,000 rows, or a row that does not fit the table.</exception>
    public static IReadOnlyList<TelemetryBatch> ByDay(TelemetryTable table, IReadOnlyList<object?[]> rows, string token)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(token);
        if (rows.Count > MostRows)
            throw new ArgumentException($"A batch holds at most {MostRows:N0} rows.", nameof(rows));

        var time = Array.FindIndex([.. table.Columns], column => column.Type.StartsWith("DateTime", StringComparison.Ordinal));
        return [.. rows.GroupBy(row => DateOnly.FromDateTime(Time(table, row, time).UtcDateTime)).OrderBy(day => day.Key).Select(day => Encode(table, day, time, $"{token}:{day.Key.ToString("yyyyMMdd", CultureInfo.InvariantCulture)}"))];
    }

    /// <summary>The limits keep the insert one block; the token then also stands for the blocks of the dependent views. What a view makes is grouped
    /// already, so <c>optimize_on_insert</c> would only cost time: with it a million rows over a thousand projects took four times as long.</summary>
    public string InsertSql(string database) => $"""
        INSERT INTO {DatabaseName.Check(database)}.{Table.Name} ({string.Join(", ", Table.Columns.Select(column => column.Name))})
        SETTINGS insert_deduplication_token = '{Token.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "\\'", StringComparison.Ordinal)}', insert_deduplicate = 1,
            deduplicate_blocks_in_dependent_materialized_views = 1, async_insert = 0, optimize_on_insert = 0, parallel_view_processing = 1,
            max_insert_block_size = 1048449, min_insert_block_size_rows = 1048449, min_insert_block_size_bytes = 0
        """;

    private static TelemetryBatch Encode(TelemetryTable table, IEnumerable<object?[]> rows, int time, string token)
    {
        var writer = new RowBinaryWriter(table);
        var (from, to) = (DateTimeOffset.MaxValue, DateTimeOffset.MinValue);
        object?[]? first = null;
        foreach (var row in rows)
        {
            writer.Write(row);
            var at = Time(table, row, time);
            first ??= row;
            (from, to) = (at < from ? at : from, at > to ? at : to);
        }

        return new TelemetryBatch(table, token, writer.Written, from, to.AddMilliseconds(1), first!);
    }

    private static DateTimeOffset Time(TelemetryTable table, object?[] row, int time) => row.ElementAtOrDefault(time) switch
    {
        DateTimeOffset offset => offset,
        DateTime { Kind: DateTimeKind.Utc } utc => new DateTimeOffset(utc),
        _ => throw new ArgumentException($"{table.Name}.{table.Columns[time].Name} must be a UTC time."),
    };
}
