using System.Globalization;
using SreBot.Model;
using SreBot.Telemetry;

namespace SreBot.Api;

/// <summary>Reads single requests, as far as a scope sees them.</summary>
internal sealed class RequestReader(ITelemetryStore telemetry)
{
    private const string PageSql = $$"""
        SELECT {{RequestColumns.Sql}}
        FROM {database:Identifier}.request
        WHERE /*scope*/
        """;

    /// <summary>A page, newest first.</summary>
    /// <param name="from">Inclusive; <paramref name="to"/> is exclusive.</param>
    /// <exception cref="SreException">Invalid, when <paramref name="after"/> is not a page's <c>next</c>.</exception>
    public async Task<RequestPage> PageAsync(
        AccessScope scope, string? project, string? server, DateTimeOffset? from, DateTimeOffset? to, string? after, int limit, CancellationToken cancel)
    {
        var (terms, values) = (new List<string> { PageSql }, new Dictionary<string, object?> { ["limit"] = limit });
        Add(project, "project_id = {project:String}", "project");
        Add(server, "server_id = {server:String}", "server");
        Add(from, "timestamp >= {from:DateTime64(3)}", "from");
        Add(to, "timestamp < {to:DateTime64(3)}", "to");
        if (!string.IsNullOrEmpty(after))
        {
            var (at, id) = Place(after);
            Add(at, "timestamp <= {after:DateTime64(3)}", "after");
            Add(id, "(timestamp, request_id) < ({after:DateTime64(3)}, {after_id:String})", "after_id");
        }

        var sql = $"{string.Join(" AND ", terms)}\nORDER BY timestamp DESC, request_id DESC\nLIMIT {{limit:UInt32}}";
        var rows = await ReadAsync(scope, new TelemetryQuery(sql, values), cancel);
        return new RequestPage(rows, rows.Count < limit ? null : $"{new DateTimeOffset(rows[^1].Timestamp).ToUnixTimeMilliseconds()}.{rows[^1].RequestId}");

        void Add(object? value, string term, string name)
        {
            if (value is not null and not "")
            {
                terms.Add(term);
                values[name] = value;
            }
        }
    }

    private const string OneSql = $$"""
        SELECT {{RequestColumns.Sql}}
        FROM {database:Identifier}.request
        WHERE /*scope*/ AND request_id = {id:String} AND timestamp >= {from:DateTime64(3)} AND timestamp < {to:DateTime64(3)}
        ORDER BY timestamp DESC
        LIMIT 1
        """;

    /// <returns>Null when the scope sees none with that number then.</returns>
    public async Task<RequestRow?> FindAsync(AccessScope scope, string id, TimeWindow window, CancellationToken cancel) =>
        (await ReadAsync(scope, new TelemetryQuery(OneSql, new Dictionary<string, object?> { ["id"] = id, ["from"] = window.From, ["to"] = window.To }), cancel)).FirstOrDefault();

    private async Task<List<RequestRow>> ReadAsync(AccessScope scope, TelemetryQuery query, CancellationToken cancel)
    {
        await using var reader = await telemetry.ReadAsync(scope, query, cancel);
        var rows = new List<RequestRow>();
        while (await reader.ReadAsync(cancel))
        {
            rows.Add(RequestRow.Of(reader));
        }

        return rows;
    }

    private static (DateTimeOffset At, string Id) Place(string after) =>
        after.Split('.', 2) is [var at, var id] && long.TryParse(at, NumberStyles.None, CultureInfo.InvariantCulture, out var milliseconds) && milliseconds < 4_102_444_800_000
            ? (DateTimeOffset.FromUnixTimeMilliseconds(milliseconds), id)
            : throw new SreException(SreErrorKind.Invalid, "after must be the 'next' of the page before.");
}
