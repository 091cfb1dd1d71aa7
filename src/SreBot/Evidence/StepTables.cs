using System.Data.Common;
using System.Text.Json;
using SreBot.Model;

namespace SreBot.Evidence;

/// <summary>Makes <see cref="StepTable"/>s: from a reader, to JSON and back.</summary>
internal static class StepTables
{
    public const int MostRows = 10_000;
    public const int MostKeptRows = 500;
    public const int MostKeptBytes = 256 * 1024;

    public static async Task<StepTable> ReadAsync(DbDataReader reader, CancellationToken cancel)
    {
        var columns = Enumerable.Range(0, reader.FieldCount).Select(reader.GetName).ToList();
        var rows = new List<IReadOnlyList<object?>>();
        while (await reader.ReadAsync(cancel))
        {
            if (rows.Count == MostRows)
                return new StepTable(columns, rows, IsCut: true);

            var row = new object?[columns.Count];
            for (var i = 0; i < row.Length; i++)
            {
                row[i] = Cell(reader.GetValue(i));
            }

            rows.Add(row);
        }

        return new StepTable(columns, rows);
    }

    /// <summary>The first rows, as many as <see cref="MostKeptRows"/> and <see cref="MostKeptBytes"/> let in.</summary>
    public static string ToJson(StepTable table)
    {
        var rows = table.Rows.Take(MostKeptRows).ToList();
        while (true)
        {
            var json = JsonSerializer.Serialize(new StepTable(table.Columns, rows, table.IsCut || rows.Count < table.Rows.Count), SreJson.Options);
            if (json.Length <= MostKeptBytes || rows.Count == 0)
                return json;

            rows.RemoveRange(rows.Count / 2, rows.Count - (rows.Count / 2));
        }
    }

    /// <summary>Times come back as ISO 8601 text.</summary>
    public static StepTable FromJson(string json)
    {
        var table = JsonSerializer.Deserialize<StepTable>(json, SreJson.Options)!;
        return table with { Rows = [.. table.Rows.Select(row => (IReadOnlyList<object?>)[.. row.Select(cell => cell is JsonElement element ? Plain(element) : cell)])] };
    }

    private static object? Cell(object value) => value switch
    {
        DBNull => null,
        DateTime time => new DateTimeOffset(DateTime.SpecifyKind(time, DateTimeKind.Utc)),
        double number => double.IsFinite(number) ? number : null,
        float number => float.IsFinite(number) ? (double)number : null,
        byte or sbyte or short or ushort or int or uint => Convert.ToInt64(value),
        string or bool or long or ulong or decimal or DateTimeOffset => value,
        _ => Convert.ToString(value),
    };

    private static object? Plain(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Null => null,
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.Number => element.TryGetInt64(out var whole) ? (object)whole : element.GetDouble(),
        _ => element.ToString(),
    };
}
