using Dapper;
using Npgsql;
using NpgsqlTypes;
using SreBot.Alerts.States;
using SreBot.Postgres;

namespace SreBot.Alerts.Evaluation;

/// <summary>Commits a tick of a shard: states, episodes, transitions, outbox rows and the shard's place in time, all or nothing.</summary>
internal sealed class AlertTickStore(PostgresDatabase postgres)
{
    /// <param name="lease">How long the shard is held from now on.</param>
    public async Task<AlertCommit> CommitAsync(AlertTickWrite write, TimeSpan lease, CancellationToken cancel)
    {
        await using var session = await postgres.BeginEvaluatorAsync(cancel);
        if (await AlertShardStore.PassAsync(session, write.Lease, write.Tick, lease, cancel) is not { } version)
        {
            return AlertCommit.LeaseLost;
        }

        if (version != write.BookVersion && !await AreFreshAsync(session, write.Changes, cancel))
        {
            return AlertCommit.RulesChanged;
        }

        await WriteAsync(session, write, cancel);
        if (write.SelfAlerts.Count > 0)
        {
            await SelfAlertStore.WriteAsync(session, write.SelfAlerts, write.Tick, cancel);
        }

        if (write.DigestOnce is { } past)
        {
            await AlertDigestStore.SendAsync(session, write.Tick, past, cancel);
        }

        return await CommitAsync(session, cancel);
    }

    /// <summary>A connection that is lost now leaves open whether PostgreSQL committed.</summary>
    private static async Task<AlertCommit> CommitAsync(PostgresSession session, CancellationToken cancel)
    {
        try
        {
            await session.CommitAsync(cancel);
            return AlertCommit.Done;
        }
        catch (Exception error) when (error is NpgsqlException or IOException or InvalidOperationException)
        {
            return AlertCommit.Unknown;
        }
    }

    private const string FreshSql = """
        SELECT count(*)
        FROM (
            SELECT
            FROM alert a
            JOIN unnest(@organizations, @ids, @versions) AS read (organization_id, id, version)
                ON read.organization_id = a.organization_id AND read.id = a.id AND read.version = a.version
            WHERE a.enabled AND NOT a.soft_delete
            FOR SHARE OF a
        ) AS fresh
        """;

    /// <summary>False when a rule that has a result was edited after it was read; the rules stay as they are until the commit.</summary>
    private static async Task<bool> AreFreshAsync(PostgresSession session, IReadOnlyList<AlertChange> changes, CancellationToken cancel)
    {
        var rules = changes.Select(change => change.Rule).DistinctBy(rule => rule.Id).OrderBy(rule => rule.Id).ToList();
        var parameters = new
        {
            organizations = rules.Select(rule => rule.OrganizationId).ToArray(),
            ids = rules.Select(rule => rule.Id).ToArray(),
            versions = rules.Select(rule => rule.Version).ToArray(),
        };
        return rules.Count == 0 || await session.Connection.ExecuteScalarAsync<long>(session.Command(FreshSql, parameters, cancel)) == rules.Count;
    }

    private static async Task WriteAsync(PostgresSession session, AlertTickWrite write, CancellationToken cancel)
    {
        var missing = write.Changes.Where(change => change.Notice == AlertNotice.Missing).Select(change => change.Rule.Id).Distinct().ToArray();
        var subscribed = missing.Length == 0 ? [] : await session.Connection.QueryAsync<(Guid Alert, string Target)>(session.Command(SubscribedSql, new { missing }, cancel));
        var posts = AlertNotices.Of(write.Changes, write.Lease.Shard, write.Tick, subscribed.ToLookup(row => row.Alert, row => row.Target));
        await using var batch = new AlertBatch(session);
        AlertEndings.End(batch, write.Endings, write.Tick);
        AlertRows.Add(batch, write);
        AlertEndings.Explain(batch, write.Endings, write.Tick);
        AddFaults(batch, write);
        Post(batch, posts, write.Tick);
        await batch.ExecuteAsync(cancel);
    }

    private const string SubscribedSql = "SELECT alert_id, target FROM subscription WHERE alert_id = ANY(@missing)";

    private const string PostSql = """
        INSERT INTO outbox (organization_id, subject, sequence, handler, target, payload, due)
        SELECT organization_id, subject, sequence, handler, target, payload::jsonb, $7
        FROM unnest($1, $2, $3, $4, $5, $6) AS r (organization_id, subject, sequence, handler, target, payload)
        ON CONFLICT (organization_id, subject, sequence, handler, target) DO NOTHING
        """;

    /// <summary>All rows for the outbox at once.</summary>
    public static void Post(AlertBatch batch, IReadOnlyList<AlertPost> posts, DateTimeOffset due)
    {
        if (posts.Count > 0)
        {
            batch.Add(PostSql,
                AlertBatch.Column(posts, NpgsqlDbType.Bigint, post => post.OrganizationId), AlertBatch.Column(posts, NpgsqlDbType.Text, post => post.Subject),
                AlertBatch.Column(posts, NpgsqlDbType.Bigint, post => post.Sequence), AlertBatch.Column(posts, NpgsqlDbType.Text, post => post.Handler),
                AlertBatch.Column(posts, NpgsqlDbType.Text, post => post.Target), AlertBatch.Column(posts, NpgsqlDbType.Text, post => post.Payload), AlertBatch.One(due));
        }
    }

    private const string FaultSql = """
        INSERT INTO alert_fault (organization_id, alert_id, since, why)
        SELECT a.organization_id, a.id, $4, f.why
        FROM unnest($1, $2, $3) AS f (organization_id, id, why)
        JOIN alert a ON a.organization_id = f.organization_id AND a.id = f.id
        ON CONFLICT (organization_id, alert_id) DO UPDATE SET why = excluded.why
        """;

    private const string ClearSql = "DELETE FROM alert_fault WHERE alert_id = ANY($1)";

    private static void AddFaults(AlertBatch batch, AlertTickWrite write)
    {
        if (write.Faults.Set.ToList() is { Count: > 0 } set)
        {
            batch.Add(FaultSql, AlertBatch.Column(set, NpgsqlDbType.Bigint, fault => fault.Value.OrganizationId), AlertBatch.Column(set, NpgsqlDbType.Uuid, fault => fault.Key),
                AlertBatch.Column(set, NpgsqlDbType.Text, fault => fault.Value.Why), AlertBatch.One(write.Tick));
        }

        if (write.Faults.Cleared.Count > 0)
        {
            batch.Add(ClearSql, AlertBatch.Column(write.Faults.Cleared, NpgsqlDbType.Uuid, alert => alert));
        }
    }
}
