using System.Text.Json;
using Dapper;
using SreBot.Model;
using SreBot.Postgres;

namespace SreBot.Delivery;

/// <summary>Writes outbox rows in the caller's transaction.</summary>
internal static class Outbox
{
    private const string AddSql = """
        INSERT INTO outbox (organization_id, subject, sequence, handler, target, payload, due)
        VALUES (@organizationId, @subject, @sequence, @handler, @target, @payload::jsonb, @due)
        ON CONFLICT (organization_id, subject, sequence, handler, target) DO NOTHING
        """;

    /// <param name="subject">What it is about, such as <c>incident:42</c> or <c>episode:…</c>.</param>
    /// <param name="sequence">Rises with each change of the subject, such as its version; the same row again changes nothing.</param>
    /// <param name="target">A channel, or <c>self</c>.</param>
    public static Task AddAsync(PostgresSession session, long organizationId, string subject, long sequence, string handler, string target, object payload,
        DateTimeOffset due, CancellationToken cancel) =>
        session.Connection.ExecuteAsync(session.Command(AddSql, new
        {
            organizationId,
            subject,
            sequence,
            handler,
            target,
            payload = JsonSerializer.Serialize(payload, SreJson.Options),
            due = due.UtcDateTime,
        }, cancel));
}
