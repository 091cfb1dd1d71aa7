using Dapper;
using SreBot.Adapters.Chat;
using SreBot.Delivery;
using SreBot.Evidence;
using SreBot.Model;
using SreBot.Postgres;

namespace SreBot.Investigations;

/// <summary>The investigations that SreBot makes by itself, one an incident.</summary>
internal sealed class InvestigationStore(PostgresDatabase postgres, TimeProvider time)
{
    public const string AskedBy = "sre-bot";

    private const string OrganizationSql = """
        SELECT o.slug, o.telemetry_database AS TelemetryDatabase, ARRAY(SELECT p.id FROM project p WHERE p.organization_id = o.id ORDER BY p.id) AS Projects
        FROM organization o
        WHERE o.id = @organizationId
        """;

    private const string DoneSql = """
        SELECT id
        FROM investigation
        WHERE organization_id = @organizationId AND incident_id = @incidentId AND asked_by = @askedBy AND principal_id IS NULL AND answer IS NOT NULL
        ORDER BY created_at
        LIMIT 1
        """;

    /// <summary>SreBot's own view of an organization: all of its projects, read only. Null when the organization is gone.</summary>
    public async Task<Principal?> FindOwnAsync(long organizationId, CancellationToken cancel)
    {
        await using var session = await postgres.BeginAsync(organizationId, cancel);
        var row = await session.Connection.QuerySingleOrDefaultAsync<OrganizationRow>(session.Command(OrganizationSql, new { organizationId }, cancel));
        return row is null ? null : new Principal(Guid.Empty, AskedBy, row.Slug, new AccessScope { OrganizationId = organizationId, TelemetryDatabase = row.TelemetryDatabase, Role = Role.Viewer, Projects = row.Projects });
    }

    /// <summary>The finished investigation of an incident, or null.</summary>
    public async Task<Guid?> FindDoneAsync(long organizationId, long incidentId, CancellationToken cancel)
    {
        await using var session = await postgres.BeginAsync(organizationId, cancel);
        return await session.Connection.QuerySingleOrDefaultAsync<Guid?>(session.Command(DoneSql, new { organizationId, incidentId, askedBy = AskedBy }, cancel));
    }

    /// <summary>Keeps the answer with its steps and commits the finding for the incident, in one transaction.</summary>
    public async Task FinishAsync(long organizationId, StepRecorder recorder, ChatReply answer, IncidentFacts incident, long sequence, CancellationToken cancel)
    {
        await using var session = await postgres.BeginAsync(organizationId, cancel);
        await StepStore.SaveAsync(session, organizationId, recorder.InvestigationId, recorder.Steps, answer, cancel);
        var now = time.GetUtcNow();
        await Outbox.AddAsync(session, organizationId, $"incident:{incident.Id}", sequence, IncidentPayload.Handler, "self", new IncidentPayload
        {
            Change = IncidentChange.Findings,
            AlertId = incident.AlertId ?? Guid.Empty,
            EpisodeId = Guid.Empty,
            At = now,
            Finding = answer.Summary,
            InvestigationId = recorder.InvestigationId,
            Chart = answer.Blocks.OfType<ReplyChart>().FirstOrDefault(),
            IncidentId = incident.Id,
        }, now, cancel);
        await session.CommitAsync(cancel);
    }

    private const string KeepSql = """
        INSERT INTO incident_export (organization_id, incident_id, format, content, created_at)
        VALUES (@organizationId, @incidentId, @format, @content, @now)
        ON CONFLICT (organization_id, incident_id, format) DO UPDATE SET content = excluded.content, created_at = excluded.created_at
        """;

    /// <summary>Keeps files of an incident's investigation and tells the incident, in one transaction.</summary>
    public async Task KeepAsync(long organizationId, long incidentId, long sequence, IReadOnlyList<(string Format, string Content)> files, DateTimeOffset now, CancellationToken cancel)
    {
        await using var session = await postgres.BeginAsync(organizationId, cancel);
        foreach (var (format, content) in files)
        {
            await session.Connection.ExecuteAsync(session.Command(KeepSql, new { organizationId, incidentId, format, content, now = now.UtcDateTime }, cancel));
        }

        await Outbox.AddAsync(session, organizationId, $"incident:{incidentId}", sequence, IncidentPayload.Handler, "self",
            new IncidentPayload { Change = IncidentChange.Kept, AlertId = Guid.Empty, EpisodeId = Guid.Empty, At = now, IncidentId = incidentId }, now, cancel);
        await session.CommitAsync(cancel);
    }

    private sealed record OrganizationRow
    {
        public string Slug { get; init; } = "";
        public string TelemetryDatabase { get; init; } = "";
        public string[] Projects { get; init; } = [];
    }
}
