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
        started_at AS startedat, opened_at AS openedat, acknowledged_at AS acknowledgedat, acknowledged_by AS acknowledgedby, resolved_at AS resolvedat, resolved_by AS resolvedby
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

    public IReadOnlyList<DimensionCondition> Filter => JsonSerializer.Deserialize<List<DimensionCondition>>(FilterJson, SreJson.Options) ?? [];

    public bool IsResolved => Status == "resolved";

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
