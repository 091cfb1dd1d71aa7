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

    public const int MostRows = 100;

    /// <summary>A person sees the rows that tell of nothing but their projects; SreBot's own work only who sees everything.</summary>
    private const string Visible = "(@all OR payload->'projects' <@ to_jsonb(@projects))";

    private const string DeadSql = $"""
        SELECT id, subject, handler, target, attempts, coalesce(last_error, '') AS why, done_at AS at
        FROM outbox
        WHERE status = 'dead' AND {Visible}
        ORDER BY id DESC
        LIMIT 100
        """;

    /// <summary>The organization's newest dead rows, <see cref="MostRows"/> at most.</summary>
    public Task<IReadOnlyList<DeadRow>> DeadAsync(AccessScope scope, CancellationToken cancel) => ReadAsync(scope, DeadSql, cancel);

    private const string WaitingSql = $"""
        SELECT id, subject, handler, target, attempts, coalesce(last_error, '') AS why, due AS at
        FROM outbox
        WHERE status = 'waiting' AND last_error IS NOT NULL AND {Visible}
        ORDER BY id
        LIMIT 100
        """;

    /// <summary>The oldest rows that failed and are tried again by themselves, <see cref="MostRows"/> at most; <see cref="DeadRow.At"/> is when.</summary>
    public Task<IReadOnlyList<DeadRow>> WaitingAsync(AccessScope scope, CancellationToken cancel) => ReadAsync(scope, WaitingSql, cancel);

    private const string AllAgainSql = $"""
        UPDATE outbox
        SET status = 'waiting', attempts = 0, due = @now, done_at = NULL
        WHERE status = 'dead' AND {Visible}
        """;

    /// <summary>Sends all the organization's dead rows again that the scope may see.</summary>
    /// <returns>How many.</returns>
    public Task<int> SendAgainAsync(AccessScope scope, DateTimeOffset now, CancellationToken cancel) => SendAgainAsync(scope, AllAgainSql, 0, now, cancel);

    private const string OneAgainSql = $"""
        UPDATE outbox
        SET status = 'waiting', attempts = 0, due = @now, done_at = NULL
        WHERE id = @id AND status IN ('dead', 'waiting') AND (lease_until IS NULL OR lease_until < now()) AND {Visible}
        """;

    /// <summary>Sends one again now, dead or waiting.</summary>
    /// <returns>False when there is none with that number.</returns>
    public async Task<bool> SendAgainAsync(AccessScope scope, long id, DateTimeOffset now, CancellationToken cancel) => await SendAgainAsync(scope, OneAgainSql, id, now, cancel) > 0;

    private async Task<IReadOnlyList<DeadRow>> ReadAsync(AccessScope scope, string sql, CancellationToken cancel)
    {
        scope.Require(Role.Sre, "see what was not delivered");
        await using var session = await postgres.BeginAsync(scope, cancel);
        return [.. await session.Connection.QueryAsync<DeadRow>(session.Command(sql, Seen(scope), cancel))];
    }

    private async Task<int> SendAgainAsync(AccessScope scope, string sql, long id, DateTimeOffset now, CancellationToken cancel)
    {
        scope.Require(Role.Sre, "send messages again");
        await using var session = await postgres.BeginAsync(scope, cancel);
        var seen = Seen(scope);
        seen.AddDynamicParams(new { id, now = now.UtcDateTime });
        var count = await session.Connection.ExecuteAsync(session.Command(sql, seen, cancel));
        await session.CommitAsync(cancel);
        signal.Set();
        return count;
    }

    private static DynamicParameters Seen(AccessScope scope)
    {
        var parameters = new DynamicParameters();
        parameters.Add("all", scope.SeesAllProjects && scope.Conditions.Count == 0);
        parameters.Add("projects", scope.Conditions.Count == 0 ? scope.Projects.ToArray() : []);
        return parameters;
    }
}
