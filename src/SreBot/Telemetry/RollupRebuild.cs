using System.Globalization;
using SreBot.Telemetry.Wire;

namespace SreBot.Telemetry;

/// <summary>Makes roll-ups again from <c>request</c>: an unclean stop can leave rows there that did not reach a roll-up. Not for two callers at a time.</summary>
/// <remarks>A batch that was cut off so and is sent again is unknown to the rebuilt roll-ups' tokens and would count twice. Rebuilt stretches are therefore
/// remembered, and for a batch within one <see cref="HasAsync"/> looks whether its rows are there.</remarks>
internal sealed class RollupRebuild(IClickHouseTransport transport)
{
    private static readonly (string Table, string Time, TimeSpan Step)[] Rollups =
        [("alert_minute", "minute", TimeSpan.FromMinutes(1)), ("alert_minute_dim", "minute", TimeSpan.FromMinutes(1)), ("alert_hour", "hour", TimeSpan.FromHours(1))];

    private readonly Dictionary<string, List<(DateTimeOffset From, DateTimeOffset To)>> rebuilt = [];

    private const string ViewSql = "SELECT as_select FROM system.tables WHERE database = {name:String} AND name = {view:String}";

    /// <summary>Whole minutes, and whole hours in the hour roll-up. The view's own SELECT is run again, so that the two cannot differ.</summary>
    public async Task RebuildAsync(string database, DateTimeOffset from, DateTimeOffset to, CancellationToken cancel)
    {
        foreach (var (table, time, step) in Rollups)
        {
            string select;
            await using (var reader = await transport.QueryAsync(ViewSql, new Dictionary<string, string> { ["name"] = database, ["view"] = $"{table}_view" }, cancel))
            {
                select = reader.Read() ? reader.GetString(0) : throw new InvalidOperationException($"{database} has no view for {table}; migrate it first.");
            }

            var range = $"{time} >= {Text(Floor(from, step))} AND {time} < {Text(Floor(to.AddTicks(-1), step) + step)}";
            await transport.ExecuteAsync($"ALTER TABLE {database}.{table} DELETE WHERE {range} SETTINGS mutations_sync = 2", CancellationToken.None);

            // The same rows again are wanted here, so nothing may be taken for a duplicate.
            await transport.ExecuteAsync($"INSERT INTO {database}.{table} SELECT * FROM ({select}) WHERE {range} SETTINGS insert_deduplicate = 0, optimize_on_insert = 0", CancellationToken.None);
        }
    }

    /// <summary>Keeps a stretch in mind for two days, which is as long as the minute roll-ups live.</summary>
    public async Task RememberAsync(string database, DateTimeOffset from, DateTimeOffset to, CancellationToken cancel)
    {
        var known = await KnownAsync(database, cancel);
        await transport.ExecuteAsync($"INSERT INTO {database}.rollup_rebuild (from_time, to_time) VALUES ({Text(from)}, {Text(to)})", cancel);
        known.Add((from, to));
    }

    private const string HasSql = "SELECT count() FROM {database:Identifier}.request WHERE request_id = {request_id:String} AND timestamp = {timestamp:DateTime64(3)}";

    /// <summary>Whether the batch reaches into a rebuilt stretch and is in <c>request</c> already; a batch is one block, so its first row stands for all.</summary>
    public async Task<bool> HasAsync(string database, TelemetryBatch batch, CancellationToken cancel)
    {
        var known = await KnownAsync(database, cancel);
        if (!known.Exists(stretch => batch.From < stretch.To && batch.To > stretch.From))
            return false;

        var values = new Dictionary<string, object?> { ["database"] = database, ["request_id"] = batch.First.Id, ["timestamp"] = batch.First.At };
        await using var reader = await transport.QueryAsync(HasSql, ScopeFilter.Texts(HasSql, values), cancel);
        return reader.Read() && reader.GetInt64(0) > 0;
    }

    public void Forget(string database)
    {
        lock (rebuilt)
        {
            rebuilt.Remove(database);
        }
    }

    private const string KnownSql = "SELECT from_time, to_time FROM {database:Identifier}.rollup_rebuild";

    private async Task<List<(DateTimeOffset From, DateTimeOffset To)>> KnownAsync(string database, CancellationToken cancel)
    {
        lock (rebuilt)
        {
            if (rebuilt.TryGetValue(database, out var known))
                return known;
        }

        var stretches = new List<(DateTimeOffset, DateTimeOffset)>();
        await using var reader = await transport.QueryAsync(KnownSql, new Dictionary<string, string> { ["database"] = database }, cancel);
        while (reader.Read())
        {
            stretches.Add((reader.GetFieldValue<DateTimeOffset>(0), reader.GetFieldValue<DateTimeOffset>(1)));
        }

        lock (rebuilt)
        {
            return rebuilt[database] = stretches;
        }
    }

    private static DateTimeOffset Floor(DateTimeOffset time, TimeSpan step) => new(time.UtcTicks - (time.UtcTicks % step.Ticks), TimeSpan.Zero);

    private static string Text(DateTimeOffset time) => $"toDateTime64('{time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss.fff", CultureInfo.InvariantCulture)}', 3, 'UTC')";
}
