using Dapper;
using SreBot.Model;
using SreBot.Postgres;

namespace SreBot.Delivery;

/// <summary>How deep the outbox is, what lies dead in it, and sending that again.</summary>
internal sealed class OutboxHealth(PostgresDatabase postgres, OutboxSignal signal)
{
    private const string DepthSql = """
        SELECT count(*) FILTER (WHERE status = 'waiting') AS waiting, count(*) FILTER (WHERE status = 'dead') AS dead,
            min(due) FILTER (WHERE status = 'waiting') AS oldest
        FROM outbox
        WHERE status IN ('waiting', 'dead')
        """;

    /// <summary>Of all organizations, for <c>/healthz</c>.</summary>
    public async Task<OutboxDepth> ReadAsync(CancellationToken cancel)
    {
        await using var session = await postgres.BeginEvaluatorAsync(cancel);
        return await session.Connection.QuerySingleAsync<OutboxDepth>(session.Command(DepthSql, null, cancel));
    }

    private const string DeadSql = """
        SELECT id, subject, handler, target, attempts, coalesce(last_error, '') AS why, done_at AS at
        FROM outbox
        WHERE status = 'dead'
        ORDER BY id DESC
        LIMIT 100
        """;

    /// <summary>The organization's newest 100 dead rows.</summary>
    public async Task<IReadOnlyList<DeadRow>> DeadAsync(AccessScope scope, CancellationToken cancel)
    {
        await using var session = await postgres.BeginAsync(scope, cancel);
        return [.. await session.Connection.QueryAsync<DeadRow>(session.Command(DeadSql, null, cancel))];
    }

    private const string AgainSql = """
        UPDATE outbox
        SET status = 'waiting', attempts = 0, due = @now, done_at = NULL
        WHERE status = 'dead'
        """;

    /// <summary>Sends all the organization's dead rows again.</summary>
    /// <returns>How many.</returns>
    public async Task<int> SendAgainAsync(AccessScope scope, DateTimeOffset now, CancellationToken cancel)
    {
        scope.Require(Role.Sre, "send messages again");
        await using var session = await postgres.BeginAsync(scope, cancel);
        var count = await session.Connection.ExecuteAsync(session.Command(AgainSql, new { now = now.UtcDateTime }, cancel));
        await session.CommitAsync(cancel);
        signal.Set();
        return count;
    }
}
