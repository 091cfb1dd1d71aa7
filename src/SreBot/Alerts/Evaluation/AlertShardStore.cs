using Dapper;
using Npgsql;
using SreBot.Postgres;

namespace SreBot.Alerts.Evaluation;

/// <summary>Who evaluates, and how far; by PostgreSQL's clock. No row is waited for: a replica that was frozen while it changed one holds up nobody.</summary>
internal sealed class AlertShardStore(PostgresDatabase postgres)
{
    private const string SeenSql = """
        SELECT set_config('idle_in_transaction_session_timeout', @idle, true);
        INSERT INTO alert_replica (holder, seen_at) VALUES (@holder, now()) ON CONFLICT (holder) DO UPDATE SET seen_at = now();
        DELETE FROM alert_replica WHERE seen_at < now() - interval '1 hour';
        SELECT count(*)::int FROM alert_replica WHERE seen_at > now() - @lease;
        """;

    private const string FreeSql = "SELECT shard FROM alert_shard ORDER BY shard FOR UPDATE SKIP LOCKED";

    private const string RowsSql = """
        SELECT shard, holder, fence, coalesce(lease_until > now(), false) AS islive, shard = ANY(@free) AS isfree, last_tick AS lasttick, begun_at AS begunat
        FROM alert_shard
        ORDER BY shard
        """;

    private const string GiveUpSql = "UPDATE alert_shard SET holder = NULL, lease_until = NULL, fence = fence + 1 WHERE shard = ANY(@shards)";

    private const string TakeSql = """
        UPDATE alert_shard
        SET fence = fence + 1, holder = @holder, lease_until = now() + @lease, last_tick = coalesce(last_tick, (SELECT min(last_tick) FROM alert_shard))
        WHERE shard = ANY(@shards)
        """;

    private const string KeepSql = "UPDATE alert_shard SET lease_until = now() + @lease WHERE shard = ANY(@shards) AND shard = ANY(@free)";

    /// <summary>Renews what is held, gives up more than the fair share, and takes what nobody holds up to it.</summary>
    /// <returns>All that is held now.</returns>
    public async Task<IReadOnlyList<AlertLease>> TakeAsync(string holder, TimeSpan lease, CancellationToken cancel)
    {
        await using var session = await postgres.BeginEvaluatorAsync(cancel);
        int replicas;
        await using (var seen = await session.Connection.QueryMultipleAsync(session.Command(SeenSql, new { holder, lease, idle = Idle(lease) }, cancel)))
        {
            await seen.ReadSingleAsync<string>();
            replicas = await seen.ReadSingleAsync<int>();
        }

        var free = (await session.Connection.QueryAsync<int>(session.Command(FreeSql, null, cancel))).ToArray();
        var rows = (await session.Connection.QueryAsync<AlertShardRow>(session.Command(RowsSql, new { free }, cancel))).AsList();
        var share = AlertShare.Of(rows, holder, replicas);
        await WriteAsync(session, GiveUpSql, share.GiveUp, holder, lease, free, cancel);
        await WriteAsync(session, TakeSql, share.Take, holder, lease, free, cancel);
        await WriteAsync(session, KeepSql, share.Keep, holder, lease, free, cancel);
        var held = await session.Connection.QueryAsync<AlertShardRow>(session.Command(RowsSql, new { free }, cancel));
        await session.CommitAsync(cancel);
        return [.. held.Where(row => row.Holder == holder).Select(row =>
            new AlertLease(row.Shard, row.Fence, Utc(row.LastTick)) { BegunAt = Utc(row.BegunAt) })];
    }

    private static DateTimeOffset? Utc(DateTime? time) => time is { } utc ? new DateTimeOffset(utc) : null;

    private static async Task WriteAsync(PostgresSession session, string sql, IReadOnlyList<int> shards, string holder, TimeSpan lease, int[] free, CancellationToken cancel)
    {
        if (shards.Count > 0)
        {
            await session.Connection.ExecuteAsync(session.Command(sql, new { shards = shards.ToArray(), holder, lease, free }, cancel));
        }
    }

    private const string RenewSql = """
        UPDATE alert_replica SET seen_at = now() WHERE holder = @holder;
        UPDATE alert_shard SET lease_until = now() + @lease
        WHERE shard IN (SELECT shard FROM alert_shard WHERE holder = @holder AND lease_until > now() FOR UPDATE SKIP LOCKED);
        """;

    /// <summary>Holds on to what is held while a long tick is worked; what has run out stays so.</summary>
    public async Task RenewAsync(string holder, TimeSpan lease, CancellationToken cancel)
    {
        await using var session = await postgres.BeginEvaluatorAsync(cancel);
        await session.Connection.ExecuteAsync(session.Command(RenewSql, new { holder, lease }, cancel));
        await session.CommitAsync(cancel);
    }

    private const string LeaveSql = """
        DELETE FROM alert_replica WHERE holder = @holder;
        UPDATE alert_shard SET holder = NULL, lease_until = NULL, fence = fence + 1 WHERE holder = @holder;
        """;

    /// <summary>Leaves everything to the others at once, at an orderly stop.</summary>
    public async Task LeaveAsync(string holder, CancellationToken cancel)
    {
        await using var session = await postgres.BeginEvaluatorAsync(cancel);
        await session.Connection.ExecuteAsync(session.Command(LeaveSql, new { holder }, cancel));
        await session.CommitAsync(cancel);
    }

    private const string PassSql = """
        UPDATE alert_shard
        SET last_tick = $1, lease_until = now() + $2
        WHERE shard = $3 AND fence = $4 AND last_tick IS NOT DISTINCT FROM $5
        RETURNING (SELECT version FROM alert_book), set_config('idle_in_transaction_session_timeout', $6, true)
        """;

    /// <summary>Moves the shard on in the transaction of the tick.</summary>
    /// <returns>The version of the rules; null when the shard is another's, or the tick was passed already.</returns>
    public static async Task<long?> PassAsync(PostgresSession session, AlertLease held, DateTimeOffset tick, TimeSpan lease, CancellationToken cancel)
    {
        await using var command = session.Connection.CreateCommand();
        command.CommandText = PassSql;
        command.Parameters.Add(new NpgsqlParameter { Value = tick.UtcDateTime });
        command.Parameters.Add(new NpgsqlParameter { Value = lease });
        command.Parameters.Add(new NpgsqlParameter { Value = held.Shard });
        command.Parameters.Add(new NpgsqlParameter { Value = held.Fence });
        command.Parameters.Add(new NpgsqlParameter { NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.TimestampTz, Value = (object?)held.LastTick?.UtcDateTime ?? DBNull.Value });
        command.Parameters.Add(new NpgsqlParameter { Value = Idle(lease) });
        return (long?)await command.ExecuteScalarAsync(cancel);
    }

    /// <summary>A frozen replica's transaction is ended by PostgreSQL well before its lease, so that its locks hold up nobody.</summary>
    private static string Idle(TimeSpan lease) => $"{(int)(lease / 2).TotalMilliseconds}ms";
}
