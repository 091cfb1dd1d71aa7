using System.Text.Json;
using Dapper;
using SreBot.Model;
using SreBot.Postgres;

namespace SreBot.Incidents;

/// <summary>An outbox row that is written with many others.</summary>
/// <param name="Payload">JSON.</param>
internal sealed record IncidentOutboxRow(string Subject, long Sequence, string Handler, string Target, string Payload, DateTimeOffset Due)
{
    /// <summary>Rows a statement: a payload has some kilobytes.</summary>
    private const int Together = 1000;

    public IncidentOutboxRow(string subject, long sequence, string handler, string target, object payload, DateTimeOffset due)
        : this(subject, sequence, handler, target, JsonSerializer.Serialize(payload, SreJson.Options), due)
    {
    }

    private const string AddSql = """
        INSERT INTO outbox (organization_id, subject, sequence, handler, target, payload, due)
        SELECT @organizationId, r.subject, r.sequence, r.handler, r.target, r.payload::jsonb, r.due
        FROM unnest(@subjects, @sequences, @handlers, @targets, @payloads, @dues) AS r (subject, sequence, handler, target, payload, due)
        ON CONFLICT (organization_id, subject, sequence, handler, target) DO NOTHING
        """;

    /// <summary>In the caller's transaction; a row that is there stays as it is.</summary>
    public static async Task AddAsync(PostgresSession session, long organizationId, IEnumerable<IncidentOutboxRow> rows, CancellationToken cancel)
    {
        foreach (var part in rows.Chunk(Together))
        {
            await session.Connection.ExecuteAsync(session.Command(AddSql, new
            {
                organizationId,
                subjects = part.Select(row => row.Subject).ToArray(),
                sequences = part.Select(row => row.Sequence).ToArray(),
                handlers = part.Select(row => row.Handler).ToArray(),
                targets = part.Select(row => row.Target).ToArray(),
                payloads = part.Select(row => row.Payload).ToArray(),
                dues = part.Select(row => row.Due.UtcDateTime).ToArray(),
            }, cancel));
        }
    }
}
