using Dapper;
using SreBot.Postgres;

namespace SreBot.Delivery;

/// <summary>The outbox as its workers see it: rows leased by PostgreSQL's clock, ended by whoever holds the newest fence.</summary>
internal sealed class OutboxQueue(PostgresDatabase postgres)
{
    /// <summary>How many due rows are looked at for one take; those of crowded targets are passed over before they count.</summary>
    private const int Looked = 256;

    /// <summary>Written so that each step can be done in one way alone, from an index: the planner knows little of a table that fills and empties.</summary>
    private const string TakeSql = """
        WITH due AS MATERIALIZED (
            SELECT o.ctid AS place_in_table, o.id, o.due, o.organization_id, o.handler, o.target
            FROM outbox o
            WHERE o.status = 'waiting' AND o.due <= @now AND (o.lease_until IS NULL OR o.lease_until < now())
                AND NOT (o.organization_id || '/' || o.handler || '/' || o.target) = ANY (@crowded)
                AND (SELECT earlier.sequence FROM outbox earlier
                    WHERE earlier.organization_id = o.organization_id AND earlier.subject = o.subject AND earlier.target = o.target
                        AND earlier.handler = o.handler AND earlier.status = 'waiting' AND earlier.sequence < o.sequence
                    LIMIT 1) IS NULL
            ORDER BY o.due, o.id
            LIMIT @looked
        ), ranked AS (
            SELECT place_in_table, target, row_number() OVER (PARTITION BY organization_id, handler, target ORDER BY due, id) AS place
            FROM due
        ), ready AS (
            SELECT o.organization_id, o.id
            FROM outbox o
            WHERE o.ctid = ANY (ARRAY(SELECT place_in_table FROM ranked WHERE place <= @mostATarget OR target = 'self'))
                AND o.status = 'waiting' AND (o.lease_until IS NULL OR o.lease_until < now())
            ORDER BY o.due, o.id
            LIMIT @count
            FOR UPDATE OF o SKIP LOCKED
        )
        UPDATE outbox o
        SET lease_until = now() + @lease, fence = o.fence + 1, attempts = o.attempts + 1
        FROM ready
        WHERE o.organization_id = ready.organization_id AND o.id = ready.id
        RETURNING o.id, o.organization_id AS organizationid, o.subject, o.sequence, o.handler, o.target, o.payload::text AS payload, o.attempts, o.fence,
            o.created_at AS createdat,
            NOT EXISTS (
                SELECT FROM outbox later
                WHERE later.organization_id = o.organization_id AND later.subject = o.subject AND later.target = o.target
                    AND later.handler = o.handler AND later.status = 'waiting' AND later.sequence > o.sequence) AS isnewest
        """;

    /// <summary>Leases up to that many rows that are due; of one subject, target and handler only the first.</summary>
    /// <param name="mostATarget">Of one handler and target at most; SreBot's own work (<c>self</c>) does not count.</param>
    /// <param name="crowded">Targets of which nothing is taken now.</param>
    /// <param name="now">What <c>due</c> is compared with.</param>
    public async Task<IReadOnlyList<OutboxItem>> TakeAsync(int count, int mostATarget, IReadOnlyList<OutboxTarget> crowded, TimeSpan lease, DateTimeOffset now, CancellationToken cancel)
    {
        await using var session = await postgres.BeginEvaluatorAsync(cancel);
        var rows = await session.Connection.QueryAsync<Row>(session.Command(TakeSql, new
        {
            count,
            mostATarget,
            looked = Looked,
            crowded = crowded.Select(target => $"{target.OrganizationId}/{target.Handler}/{target.Target}").ToArray(),
            lease,
            now = now.UtcDateTime,
        }, cancel));
        await session.CommitAsync(cancel);
        return [.. rows.Select(row => row.ToItem()).OrderBy(item => item.Id)];
    }

    private const string EndSql = """
        UPDATE outbox
        SET status = @status, last_error = @error, lease_until = NULL, done_at = @now
        WHERE organization_id = @organizationId AND id = @id AND fence = @fence AND status = 'waiting'
        """;

    /// <param name="status"><c>done</c>, <c>superseded</c> or <c>dead</c>.</param>
    /// <param name="error">Why it is dead, for a person.</param>
    public Task EndAsync(OutboxItem item, string status, string? error, DateTimeOffset now, CancellationToken cancel) =>
        WriteAsync(EndSql, new { item.OrganizationId, item.Id, item.Fence, status, error, now = now.UtcDateTime }, cancel);

    private const string LaterSql = """
        UPDATE outbox
        SET due = @due, attempts = @attempts, last_error = @error, lease_until = NULL
        WHERE organization_id = @organizationId AND id = @id AND fence = @fence AND status = 'waiting'
        """;

    /// <summary>Gives the row back until then.</summary>
    /// <param name="attempts">As it shall stand.</param>
    public Task PutBackAsync(OutboxItem item, int attempts, string error, DateTimeOffset due, CancellationToken cancel) =>
        WriteAsync(LaterSql, new { item.OrganizationId, item.Id, item.Fence, attempts, error, due = due.UtcDateTime }, cancel);

    private async Task WriteAsync(string sql, object parameters, CancellationToken cancel)
    {
        await using var session = await postgres.BeginEvaluatorAsync(cancel);
        await session.Connection.ExecuteAsync(session.Command(sql, parameters, cancel));
        await session.CommitAsync(cancel);
    }

    private sealed record Row
    {
        public long Id { get; init; }
        public long OrganizationId { get; init; }
        public string Subject { get; init; } = "";
        public long Sequence { get; init; }
        public string Handler { get; init; } = "";
        public string Target { get; init; } = "";
        public string Payload { get; init; } = "";
        public int Attempts { get; init; }
        public long Fence { get; init; }
        public DateTime CreatedAt { get; init; }
        public bool IsNewest { get; init; }

        public OutboxItem ToItem() => new(Id, OrganizationId, Subject, Sequence, Handler, Target, Payload, Attempts, CreatedAt, IsNewest) { Fence = Fence };
    }
}
