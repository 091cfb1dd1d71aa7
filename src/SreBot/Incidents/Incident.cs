using System.Text.Json;
using SreBot.Model;

namespace SreBot.Incidents;

/// <summary>A row of the table <c>incident</c>.</summary>
internal sealed record Incident
{
    /// <summary>What to select.</summary>
    public const string Columns = """
        id, organization_id AS organizationid, projects, filter::text AS filterjson, alert_id AS alertid, episode_id AS episodeid, metric, aggregate, threshold,
        request_id AS requestid, server_id AS serverid, severity, status, title, targets, finding, investigation_id AS investigationid, version,
        started_at AS startedat, opened_at AS openedat, acknowledged_at AS acknowledgedat, acknowledged_by AS acknowledgedby, resolved_at AS resolvedat, resolved_by AS resolvedby,
        ticket_url AS ticketurl, snoozed_until AS snoozeduntil, snoozed_by AS snoozedby, escalations::text AS escalationsjson, runbook_url AS runbookurl, alert_name AS alertname,
        is_storm AS isstorm, reminders,
        ARRAY(SELECT x.format FROM incident_export x WHERE x.organization_id = incident.organization_id AND x.incident_id = incident.id ORDER BY x.format) AS kept
        """;

    public long Id { get; init; }
    public long OrganizationId { get; init; }
    public string[] Projects { get; init; } = [];
    public string FilterJson { get; init; } = "[]";
    public Guid? AlertId { get; init; }
    public Guid? EpisodeId { get; init; }
    public string? Metric { get; init; }
    public string? Aggregate { get; init; }
    public double? Threshold { get; init; }
    public string? RequestId { get; init; }
    public string? ServerId { get; init; }
    public string Severity { get; init; } = "";

    /// <summary><c>open</c>, <c>acknowledged</c> or <c>resolved</c>.</summary>
    public string Status { get; init; } = "";
    public string Title { get; init; } = "";
    public string[] Targets { get; init; } = [];

    /// <summary>The first diagnosis in one sentence.</summary>
    public string? Finding { get; init; }
    public Guid? InvestigationId { get; init; }

    /// <summary>Rises with each change that people see.</summary>
    public int Version { get; init; }

    /// <summary>UTC, as all times here.</summary>
    public DateTime StartedAt { get; init; }
    public DateTime OpenedAt { get; init; }
    public DateTime? AcknowledgedAt { get; init; }
    public string? AcknowledgedBy { get; init; }
    public DateTime? ResolvedAt { get; init; }
    public string? ResolvedBy { get; init; }

    public string? TicketUrl { get; init; }

    /// <summary>Null: not snoozed; <see cref="DateTime.MaxValue"/>: until it is resolved.</summary>
    public DateTime? SnoozedUntil { get; init; }
    public string? SnoozedBy { get; init; }
    public string EscalationsJson { get; init; } = "[]";
    public string? RunbookUrl { get; init; }
    public string? AlertName { get; init; }

    /// <summary>Its episodes are its members; it has no episode of its own.</summary>
    public bool IsStorm { get; init; }

    /// <summary>It is a storm of which only some members are seen here; see <see cref="IncidentStorm.Cut"/>.</summary>
    public bool IsPart { get; init; }

    /// <summary>How often it was said again while it went on.</summary>
    public int Reminders { get; init; }

    /// <summary>The formats in which its investigation was kept, as file endings.</summary>
    public string[] Kept { get; init; } = [];

    public IReadOnlyList<DimensionCondition> Filter => JsonSerializer.Deserialize<List<DimensionCondition>>(FilterJson, SreJson.Options) ?? [];

    /// <summary>Soonest first.</summary>
    public IReadOnlyList<EscalationStep> Escalations => JsonSerializer.Deserialize<List<EscalationStep>>(EscalationsJson, SreJson.Options) ?? [];

    public bool IsResolved => Status == "resolved";

    public bool IsSnoozed(DateTimeOffset now) => SnoozedUntil is { } until && until > now.UtcDateTime;

    public string Number => IncidentNumber.Text(Id);

    public string Page => $"/incidents/{Id}";

    /// <summary>The pages of what was kept.</summary>
    public IReadOnlyList<string> KeptPages => [.. Kept.Select(format => $"{Page}/export.{format}")];

    public IncidentFacts ToFacts() => new()
    {
        Id = Id,
        Title = Title,
        Status = Status,
        Severity = Severity,
        Projects = Projects,
        OpenedAt = OpenedAt,
        AcknowledgedAt = AcknowledgedAt is { } acknowledged ? new DateTimeOffset(acknowledged) : null,
        AcknowledgedBy = AcknowledgedBy,
        ResolvedAt = ResolvedAt is { } resolved ? new DateTimeOffset(resolved) : null,
        RequestId = RequestId,
        ServerId = ServerId,
        AlertId = AlertId,
        Metric = Metric,
        Aggregate = Aggregate,
        Threshold = Threshold,
        Filter = Filter,
        StartedAt = StartedAt,
    };
}
