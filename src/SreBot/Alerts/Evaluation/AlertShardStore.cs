using Dapper;
using SreBot.Postgres;

namespace SreBot.Alerts.Evaluation;

/// <summary>Who evaluates, and how far; by PostgreSQL's clock.</summary>
internal sealed class AlertShardStore(PostgresDatabase postgres)
{
    private const string AcquireSql = """
        UPDATE alert_shard
        SET fence = CASE WHEN holder = @holder AND lease_until > now() THEN fence ELSE fence + 1 END, holder = @holder, lease_until = now() + @lease
        WHERE shard = @shard AND (holder = @holder OR lease_until IS NULL OR lease_until < now())
        RETURNING shard, fence, last_tick AS lasttick
        """;

    /// <summary>Takes or keeps the shard; null when another holds it.</summary>
    public async Task<AlertLease?> AcquireAsync(int shard, string holder, TimeSpan lease, CancellationToken cancel)
    {
        await using var session = await postgres.BeginEvaluatorAsync(cancel);
        var row = await session.Connection.QuerySingleOrDefaultAsync<Row>(session.Command(AcquireSql, new { shard, holder, lease }, cancel));
        await session.CommitAsync(cancel);
        return row is null ? null : new AlertLease(row.Shard, row.Fence, row.LastTick is { } tick ? new DateTimeOffset(tick) : null);
    }

    private const string PassSql = """
        UPDATE alert_shard
        SET last_tick = @tick, lease_until = now() + @lease
        WHERE shard = @shard AND fence = @fence AND last_tick IS NOT DISTINCT FROM @lastTick
        """;

    /// <summary>Moves the shard on in the transaction of the tick; false when it is another's, or the tick was passed already.</summary>
    public static async Task<bool> PassAsync(PostgresSession session, AlertLease held, DateTimeOffset tick, TimeSpan lease, CancellationToken cancel) =>
        await session.Connection.ExecuteAsync(session.Command(PassSql,
            new { held.Shard, held.Fence, lastTick = held.LastTick?.UtcDateTime, tick = tick.UtcDateTime, lease }, cancel)) == 1;

    private sealed record Row
    {
        public int Shard { get; init; }
        public long Fence { get; init; }
        public DateTime? LastTick { get; init; }
    }
}
