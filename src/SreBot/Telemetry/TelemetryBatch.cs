using System.Globalization;
using SreBot.Telemetry.Wire;

namespace SreBot.Telemetry;

/// <summary>Rows of one UTC day of a table: one insert, one block, one part in each table that it reaches.</summary>
internal sealed class TelemetryBatch(TelemetryTable table, DateOnly day) : IDisposable
{
    /// <summary>Above it, ClickHouse would cut an insert into several blocks, of which some could be kept and others not.</summary>
    public const int MostRows = 1_000_000;

    private readonly NativeColumn[] columns = [.. table.Columns.Select(column => NativeColumns.Of(column.Type))];

    public TelemetryTable Table => table;
    public DateOnly Day => day;

    /// <summary>In the order of the table's columns. Who writes to them directly adds one value to each, then calls <see cref="Added"/>.</summary>
    public IReadOnlyList<NativeColumn> Columns => columns;

    public int Count { get; private set; }

    /// <summary>The oldest row's time.</summary>
    public DateTimeOffset From { get; private set; } = DateTimeOffset.MaxValue;

    /// <summary>Just past the newest row's time.</summary>
    public DateTimeOffset To { get; private set; } = DateTimeOffset.MinValue;

    /// <summary>The first row's time and first column, by which a batch is found again.</summary>
    public (DateTimeOffset At, string Id) First { get; set; }

    /// <summary>In bytes, the memory that is rented for the rows.</summary>
    public long Held => columns.Sum(column => column.Held);

    /// <summary>The days in order; the caller disposes them.</summary>
    /// <exception cref="ArgumentException">More than 1,000,000 rows, or a row that does not fit the table.</exception>
    public static IReadOnlyList<TelemetryBatch> ByDay(TelemetryTable table, IReadOnlyList<object?[]> rows)
    {
        if (rows.Count > MostRows)
            throw new ArgumentException($"A batch holds at most {MostRows:N0} rows.", nameof(rows));

        var time = Array.FindIndex([.. table.Columns], column => column.Type.StartsWith("DateTime", StringComparison.Ordinal));
        var days = new SortedDictionary<DateOnly, TelemetryBatch>();
        foreach (var row in rows)
        {
            var at = Time(table, row, time);
            var day = DateOnly.FromDateTime(at.UtcDateTime);
            if (!days.TryGetValue(day, out var batch))
                days[day] = batch = new TelemetryBatch(table, day) { First = (at, row[0] as string ?? "") };

            batch.Add(row);
            batch.Added(at);
        }

        return [.. days.Values];
    }

    public void Added(DateTimeOffset at)
    {
        Count++;
        From = at < From ? at : From;
        To = at >= To ? at.AddMilliseconds(1) : To;
    }

    /// <summary>The limits keep the insert one block; the token then also stands for the blocks of the dependent views. What a view makes is grouped
    /// already, so <c>optimize_on_insert</c> would only cost time: with it a million rows over a thousand projects took four times as long.</summary>
    /// <param name="token">Of the whole batch.</param>
    public string InsertSql(string database, string token) => $"""
        INSERT INTO {DatabaseName.Check(database)}.{table.Name} ({string.Join(", ", table.Columns.Select(column => column.Name))})
        SETTINGS insert_deduplication_token = '{Escape(token)}:{day.ToString("yyyyMMdd", CultureInfo.InvariantCulture)}', insert_deduplicate = 1,
            deduplicate_blocks_in_dependent_materialized_views = 1, async_insert = 0, optimize_on_insert = 0, parallel_view_processing = 1,
            max_insert_block_size = 1048449, min_insert_block_size_rows = 1048449, min_insert_block_size_bytes = 0
        """;

    /// <summary>The rows in ClickHouse's Native format, in pieces that are good until this is disposed.</summary>
    public IReadOnlyList<ReadOnlyMemory<byte>> Block()
    {
        var pieces = new List<ReadOnlyMemory<byte>>();
        using var names = new NativeBuffer();
        names.Number((uint)columns.Length);
        names.Number((uint)Count);
        for (var i = 0; i < columns.Length; i++)
        {
            names.Text(table.Columns[i].Name);
            names.Text(table.Columns[i].Type);
            Flush(names, pieces);
            columns[i].AddTo(pieces);
        }

        return pieces;
    }

    public void Dispose()
    {
        foreach (var column in columns)
        {
            column.Dispose();
        }
    }

    /// <exception cref="ArgumentException">The row has not one value a column, or a value that does not fit.</exception>
    private void Add(object?[] row)
    {
        if (row.Length != columns.Length)
            throw new ArgumentException($"A row of {table.Name} has {columns.Length} values, not {row.Length}.", nameof(row));

        for (var i = 0; i < row.Length; i++)
        {
            Add(i, row[i]);
        }
    }

    private void Add(int column, object? value)
    {
        try
        {
            if (value is not null)
                columns[column].Add(value);
            else if (columns[column] is NativeNullable nullable)
                nullable.AddNothing();
            else
                throw new ArgumentException($"{table.Name}.{table.Columns[column].Name} must have a value.", nameof(value));
        }
        catch (Exception error) when (error is InvalidCastException or OverflowException or FormatException)
        {
            throw new ArgumentException($"{table.Name}.{table.Columns[column].Name} cannot hold a {value!.GetType().Name} of {value}.", error);
        }
    }

    private static void Flush(NativeBuffer names, List<ReadOnlyMemory<byte>> pieces)
    {
        var written = new List<ReadOnlyMemory<byte>>();
        names.AddTo(written);
        pieces.AddRange(written.Select(piece => (ReadOnlyMemory<byte>)piece.ToArray()));
        names.Dispose(); // begins anew
    }

    private static string Escape(string token) => token.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "\\'", StringComparison.Ordinal);

    private static DateTimeOffset Time(TelemetryTable table, object?[] row, int time) => row.ElementAtOrDefault(time) switch
    {
        DateTimeOffset offset => offset,
        DateTime { Kind: DateTimeKind.Utc } utc => new DateTimeOffset(utc),
        _ => throw new ArgumentException($"{table.Name}.{table.Columns[time].Name} must be a UTC time."),
    };
}
