using Dapper;
using SreBot.Postgres;

namespace SreBot.Delivery;

/// <summary>The outbox as its workers see it: rows leased by PostgreSQL's clock, ended by whoever holds the newest fence.</summary>
internal sealed class OutboxQueue(PostgresDatabase postgres)
{
    private const string TakeSql = """
        WITH ready AS (
            SELECT o.organization_id, o.id
            FROM outbox o
            WHERE o.status = 'waiting' AND o.due <= @now AND (o.lease_until IS NULL OR o.lease_until < now())
                AND NOT EXISTS (
                    SELECT FROM outbox earlier
                    WHERE earlier.organization_id = o.organization_id AND earlier.subject = o.subject AND earlier.target = o.target
                        AND earlier.handler = o.handler AND earlier.status = 'waiting' AND earlier.sequence < o.sequence)
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
    /// <param name="now">What <c>due</c> is compared with.</param>
    public async Task<IReadOnlyList<OutboxItem>> TakeAsync(int count, TimeSpan lease, DateTimeOffset now, CancellationToken cancel)
    {
        await using var session = await postgres.BeginEvaluatorAsync(cancel);
        var rows = await session.Connection.QueryAsync<Row>(session.Command(TakeSql, new { count, lease, now = now.UtcDateTime }, cancel));
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
