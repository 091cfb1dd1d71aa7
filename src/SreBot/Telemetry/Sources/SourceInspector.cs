using System.Globalization;
using SreBot.Model;
using SreBot.Telemetry.Wire;

namespace SreBot.Telemetry.Sources;

/// <summary>Looks at a server's tables; changes nothing.</summary>
internal sealed class SourceInspector(IClickHouseTransport transport)
{
    private static readonly Dictionary<string, string> NoParameters = [];

    private const string ColumnsSql = """
        SELECT columns.database, columns.table, columns.name, columns.type, tables.rows
        FROM system.columns AS columns
        INNER JOIN
        (
            SELECT database, name AS table, toInt64(ifNull(total_rows, 0)) AS rows
            FROM system.tables
            WHERE database NOT IN ('system', 'INFORMATION_SCHEMA', 'information_schema') AND NOT endsWith(engine, 'View')
        ) AS tables ON tables.database = columns.database AND tables.table = columns.table
        ORDER BY columns.database, columns.table, columns.position
        LIMIT 100000
        """;

    /// <summary>The tables that could hold requests or spans, the likeliest first.</summary>
    public async Task<IReadOnlyList<FoundTable>> FindAsync(CancellationToken cancel)
    {
        var rows = new List<(string Database, string Table, string Name, string Type, long Rows)>();
        await using (var reader = await transport.QueryAsync(ColumnsSql, NoParameters, cancel))
        {
            while (reader.Read())
            {
                rows.Add((reader.GetString(0), reader.GetString(1), reader.GetString(2), reader.GetString(3), reader.GetInt64(4)));
            }
        }

        return [.. rows.GroupBy(row => (row.Database, row.Table))
            .Select(table => new FoundTable(new SourceTable(table.Key.Database, table.Key.Table), [.. table.Select(row => (row.Name, row.Type))], table.First().Rows))
            .Where(table => table.Proposal.IsUsable)
            .OrderByDescending(table => table.Proposal.Preset is not null).ThenByDescending(table => table.Proposal.Columns.Count).ThenByDescending(table => table.Rows)];
    }

    /// <summary>The newest time in a table as text; null when that takes too long, or the table is gone.</summary>
    public async Task<string?> NewestAsync(FoundTable table, CancellationToken cancel)
    {
        try
        {
            await using var reader = await transport.QueryAsync($"SELECT toString(max({table.Proposal.Time})) FROM {table.Table.Sql}", NoParameters, cancel);
            return reader.Read() && table.Rows > 0 ? reader.GetString(0) : null;
        }
        catch (Exception error) when (error is SreException { Kind: SreErrorKind.Invalid } or ClickHouseException)
        {
            return null;
        }
    }

    /// <summary>Some rows as requests: a column's name and its value, null where it is not recorded.</summary>
    public async Task<IReadOnlyList<IReadOnlyList<(string Name, string? Value)>>> SampleAsync(SourceMapping mapping, int count, CancellationToken cancel)
    {
        var names = TelemetryTable.Request.Columns.Select(column => column.Name).ToList();
        var sql = $"SELECT {string.Join(", ", names.Select(name => $"toString({name})"))} FROM {new MappedTables(mapping).Request(QueryBounds.None)} LIMIT {count}";
        await using var reader = await transport.QueryAsync(sql, NoParameters, cancel);
        var sample = new List<IReadOnlyList<(string, string?)>>();
        while (reader.Read())
        {
            sample.Add([.. names.Select((name, i) => (name, reader.IsDBNull(i) ? null : reader.GetString(i)))]);
        }

        return sample;
    }

    /// <summary>Whether the user has a right, such as <c>SELECT ON otel.otel_traces</c>; null where the server cannot say (before 24.11).</summary>
    public async Task<bool?> HasAsync(string right, CancellationToken cancel)
    {
        try
        {
            await using var reader = await transport.CheckGrantAsync(right, cancel);
            return reader.Read() ? Convert.ToInt64(reader.GetValue(0), CultureInfo.InvariantCulture) != 0 : null;
        }
        catch (ClickHouseException)
        {
            return null;
        }
    }

    public async Task<string> UserAsync(CancellationToken cancel)
    {
        await using var reader = await transport.QueryAsync("SELECT currentUser()", NoParameters, cancel);
        return reader.Read() ? reader.GetString(0) : "srebot";
    }
}
