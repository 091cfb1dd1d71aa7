using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using SreBot.Model;
using SreBot.Telemetry;
using SreBot.Telemetry.Sources;

namespace SreBot.Alerts.Evaluation;

/// <summary>Keeps the rules of a telemetry database beside the telemetry, so that a tick joins them without sending them.</summary>
/// <remarks>A state of the rule set is a key, made of its version and of every row: whoever has the same set writes the same rows under the same tokens, of which the
/// second is dropped. Nothing is ever changed under a key; keys that nobody can be reading any more are dropped whole. A reader counts its rows after it read.</remarks>
internal sealed class AlertMirror(ITelemetryStore telemetry)
{
    private const int RowsABlock = 50_000;

    /// <summary>False where nothing may be written: rules travel with each query.</summary>
    public bool IsPossible(string database) => telemetry.ModeOf(database) != SourceMode.ReadOnly;

    /// <summary>Writes the set unless it is there; may be run again, and by several at once.</summary>
    /// <returns>False when it cannot be there whole: rules must travel with the query.</returns>
    public async Task<bool> WriteAsync(AlertRuleSet set, DateTimeOffset tick, CancellationToken cancel)
    {
        if (set.Memory.MirrorKey is not null)
            return true;

        var plan = set.Memory.Plan(set, telemetry);
        var key = Key(set, plan);
        long rows = 0;
        foreach (var block in Rows(set, plan, key, tick).Chunk(RowsABlock))
        {
            await telemetry.InsertAsync(set.Database, TelemetryTable.AlertRule, block, $"rules-{key}-{rows}", cancel);
            rows += block.Length;
        }

        if (await CountAsync(set.Database, key, cancel) != rows)
        {
            set.Memory.Salt = Guid.NewGuid();
            return false;
        }

        await DropOldAsync(set, key, cancel);
        (set.Memory.MirrorKey, set.Memory.MirrorRows) = (key, rows);
        return true;
    }

    /// <summary>Whether all rows are there still; otherwise what was read with them counts for nothing, and the set is written anew.</summary>
    public async Task<bool> IsWholeAsync(AlertRuleSet set, CancellationToken cancel)
    {
        if (set.Memory.MirrorKey is not { } key || await CountAsync(set.Database, key, cancel) == set.Memory.MirrorRows)
            return true;

        (set.Memory.MirrorKey, set.Memory.Salt) = (null, Guid.NewGuid());
        return false;
    }

    private const string CountSql = "SELECT count() FROM {database:Identifier}.alert_rule WHERE /*scope*/ AND set_key = {set_key:UInt64}";

    private async Task<long> CountAsync(string database, ulong key, CancellationToken cancel)
    {
        await using var reader = await telemetry.ReadAsync(AccessScope.ForEvaluator(database), new TelemetryQuery(CountSql, new Dictionary<string, object?> { ["set_key"] = key }), cancel);
        return await reader.ReadAsync(cancel) ? reader.GetInt64(0) : 0;
    }

    private const string OldSql = """
        SELECT set_key
        FROM {database:Identifier}.alert_rule
        WHERE /*scope*/ AND set_key != {set_key:UInt64}
        GROUP BY set_key
        HAVING countIf(shard IN {shards:Array(UInt8)}) > 0 -- other shards are another replica's
            AND max(inserted_at) < now() - toIntervalMinute(10) -- another may have had these until now
        """;

    private async Task DropOldAsync(AlertRuleSet set, ulong key, CancellationToken cancel)
    {
        var old = new List<ulong>();
        var query = new TelemetryQuery(OldSql, new Dictionary<string, object?> { ["set_key"] = key, ["shards"] = set.Shards.ToList() });
        await using (var reader = await telemetry.ReadAsync(AccessScope.ForEvaluator(set.Database), query, cancel))
        {
            while (await reader.ReadAsync(cancel))
            {
                old.Add(reader.GetFieldValue<ulong>(0));
            }
        }

        foreach (var one in old)
        {
            await telemetry.DropPartitionAsync(set.Database, TelemetryTable.AlertRule, one, cancel);
        }
    }

    private static IEnumerable<object?[]> Rows(AlertRuleSet set, AlertPlan plan, ulong key, DateTimeOffset tick)
    {
        var columns = Columns();
        foreach (var query in plan.Queries)
        {
            foreach (var probe in query.Probes)
            {
                var shard = AlertShards.Of(probe.Rule.Id);
                foreach (var project in probe.Rule.Projects)
                {
                    var row = new object?[5 + columns.Length];
                    (row[0], row[1], row[2], row[3], row[4]) = (tick, key, set.Version, query.Number, shard);
                    for (var i = 0; i < columns.Length; i++)
                    {
                        row[5 + i] = columns[i].Of(query, probe, project);
                    }

                    yield return row;
                }
            }
        }
    }

    /// <summary>In the order of the table.</summary>
    private static AlertRuleColumn[] Columns() =>
    [
        AlertRuleColumn.Probe, AlertRuleColumn.Project, AlertRuleColumn.Window,
        .. TelemetryTable.AlertRule.Columns.Where(column => column.Name.StartsWith("filter_", StringComparison.Ordinal)).Select(column => AlertRuleColumn.Filter(column.Name["filter_".Length..])),
        AlertRuleColumn.Value, AlertRuleColumn.Divisor, AlertRuleColumn.Low, AlertRuleColumn.High, AlertRuleColumn.IsOutside, AlertRuleColumn.MinRequests,
        AlertRuleColumn.Percent, AlertRuleColumn.Buckets,
    ];

    private static ulong Key(AlertRuleSet set, AlertPlan plan)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(set.Memory.Salt.ToByteArray());
        hash.AppendData(Encoding.UTF8.GetBytes(string.Join('\n', plan.Queries.Select(query => $"{query.Number} {query.Shape} {string.Join(',', query.Steps)}"))));
        foreach (var row in Rows(set, plan, 0, DateTimeOffset.UnixEpoch))
        {
            hash.AppendData(Encoding.UTF8.GetBytes(string.Join('\0', row)));
            hash.AppendData("\n"u8);
        }

        return BinaryPrimitives.ReadUInt64LittleEndian(hash.GetHashAndReset());
    }
}
