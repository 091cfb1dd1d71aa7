using SreBot.Model;
using SreBot.Telemetry.Wire;

namespace SreBot.Telemetry.Sources;

/// <summary>Holds a mapping against the server: each expression must be one, over that table, that is never NULL. Reads no row.</summary>
internal sealed class SourceCheck(IClickHouseTransport transport)
{
    private static readonly Dictionary<string, string> NoParameters = [];

    /// <exception cref="SreException">Invalid, with the setting that is wrong; Unavailable, when the server does not answer or refuses.</exception>
    public async Task CheckAsync(SourceMapping mapping, CancellationToken cancel)
    {
        var from = $"FROM {mapping.Table.Sql}";
        if (await ErrorAsync($"SELECT 1 {from} LIMIT 0", cancel) is { } noTable)
            throw Wrong($"Telemetry:Source:Table {mapping.Table} cannot be read: {noTable}");
        if (await ErrorAsync($"SELECT 1 {from} WHERE ({mapping.Where}) LIMIT 0", cancel) is { } noRows)
            throw Wrong($"Telemetry:Source:Where is no condition on {mapping.Table}: {noRows}");
        if (mapping.Time is { } time && await ErrorAsync($"SELECT toDateTime64({time}, 3, 'UTC') {from} LIMIT 0", cancel) is { } noTime)
            throw Wrong($"Telemetry:Source:Time is no time of {mapping.Table}: {noTime}");

        var tables = new MappedTables(mapping);
        foreach (var column in mapping.Columns.Keys.Order(StringComparer.Ordinal))
        {
            if (await ErrorAsync($"SELECT {tables.Of(column)} {from} WHERE ({mapping.Where}) LIMIT 0", cancel) is { } wrong)
                throw Wrong($"Telemetry:Source:Columns:{column} is no expression over {mapping.Table}: {wrong}");
            if (await TypeAsync($"SELECT {tables.Of(column)} AS value {from}", cancel) is var type && type.StartsWith("Nullable", StringComparison.Ordinal))
                throw Wrong($"Telemetry:Source:Columns:{column} may be NULL; say what that means, such as ifNull({mapping.Columns[column]}, 0), or leave it out where it is not recorded.");
        }

        if (await ErrorAsync($"SELECT * FROM {tables.Request(QueryBounds.None)} LIMIT 0", cancel) is { } whole)
            throw Wrong($"Telemetry:Source does not fit {mapping.Table}: {whole}");
    }

    /// <summary>Null: it is taken.</summary>
    private async Task<string?> ErrorAsync(string sql, CancellationToken cancel)
    {
        try
        {
            await using var reader = await transport.QueryAsync(sql, NoParameters, cancel);
            return null;
        }
        catch (ClickHouseException error)
        {
            return Short(error.Message);
        }
    }

    private async Task<string> TypeAsync(string select, CancellationToken cancel)
    {
        await using var reader = await transport.QueryAsync($"DESCRIBE TABLE ({select})", NoParameters, cancel);
        return reader.Read() ? reader.GetString(1) : "";
    }

    private static SreException Wrong(string message) => new(SreErrorKind.Invalid, message);

    /// <summary>ClickHouse's sentence without code, name and version.</summary>
    public static string Short(string message)
    {
        var text = message.ReplaceLineEndings(" ");
        var start = text.IndexOf("DB::Exception: ", StringComparison.Ordinal);
        text = start < 0 ? text : text[(start + "DB::Exception: ".Length)..];
        var end = text.IndexOf(". ", StringComparison.Ordinal);
        text = (end < 0 ? text : text[..end]).Trim().TrimEnd('.');
        return (text.Length <= 240 ? text : text[..240] + "…") + ".";
    }
}
