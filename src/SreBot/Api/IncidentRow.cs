using System.ComponentModel;
using System.Text.Json.Serialization;
using SreBot.Incidents;

namespace SreBot.Api;

/// <summary>One incident. Times are UTC.</summary>
internal sealed record IncidentRow
{
    [JsonPropertyName("incident_id"), Description("The number in INC-42.")]
    public required long IncidentId { get; init; }

    [JsonPropertyName("timestamp"), Description("When it was opened.")]
    public required DateTime Timestamp { get; init; }

    [JsonPropertyName("request_id"), Description("The request that it hangs on; null: none.")]
    public string? RequestId { get; init; }

    [JsonPropertyName("server_id")]
    public string? ServerId { get; init; }

    [JsonPropertyName("project_ids")]
    public required IReadOnlyList<string> ProjectIds { get; init; }

    [JsonPropertyName("title")]
    public required string Title { get; init; }

    [JsonPropertyName("status"), Description("open, acknowledged or resolved.")]
    public required string Status { get; init; }

    [JsonPropertyName("severity")]
    public required string Severity { get; init; }

    [JsonPropertyName("started_at"), Description("When the trouble began.")]
    public required DateTime StartedAt { get; init; }

    [JsonPropertyName("acknowledged_at")]
    public DateTime? AcknowledgedAt { get; init; }

    [JsonPropertyName("resolved_at")]
    public DateTime? ResolvedAt { get; init; }

    [JsonPropertyName("acknowledged_by")]
    public string? AcknowledgedBy { get; init; }

    [JsonPropertyName("resolved_by"), Description("A person, or sre-bot, which saw the end of it.")]
    public string? ResolvedBy { get; init; }

    [JsonPropertyName("is_snoozed"), Description("Nothing but its end is said of it.")]
    public bool IsSnoozed { get; init; }

    [JsonPropertyName("snoozed_until"), Description("Null: not snoozed, or until it is resolved.")]
    public DateTime? SnoozedUntil { get; init; }

    [JsonPropertyName("is_storm"), Description("It stands for many alerts at once.")]
    public bool IsStorm { get; init; }

    [JsonPropertyName("alert_name"), Description("The rule that opened it; null: several, or none.")]
    public string? AlertName { get; init; }

    [JsonPropertyName("ticket_url")]
    public string? TicketUrl { get; init; }

    [JsonPropertyName("runbook_url")]
    public string? RunbookUrl { get; init; }

    [JsonPropertyName("kept"), Description("Where its investigation was kept, as paths on this server; empty before it is resolved.")]
    public IReadOnlyList<string> Kept { get; init; } = [];

    [JsonPropertyName("finding"), Description("The first diagnosis in one sentence; null: not investigated.")]
    public string? Finding { get; init; }

    [JsonPropertyName("request"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull), Description("With include=request, where it is still kept.")]
    public RequestRow? Request { get; init; }

    public static IncidentRow Of(Incident incident) => new()
    {
        IncidentId = incident.Id,
        Timestamp = incident.OpenedAt,
        RequestId = incident.RequestId,
        ServerId = incident.ServerId,
        ProjectIds = incident.Projects,
        Title = incident.Title,
        Status = incident.Status,
        Severity = incident.Severity,
        StartedAt = incident.StartedAt,
        AcknowledgedAt = incident.AcknowledgedAt,
        ResolvedAt = incident.ResolvedAt,
        AcknowledgedBy = incident.AcknowledgedBy,
        ResolvedBy = incident.ResolvedBy,
        IsSnoozed = incident.SnoozedUntil is not null,
        SnoozedUntil = incident.SnoozedUntil == DateTime.MaxValue ? null : incident.SnoozedUntil,
        IsStorm = incident.IsStorm,
        AlertName = incident.AlertName,
        TicketUrl = incident.TicketUrl,
        RunbookUrl = incident.RunbookUrl,
        Kept = incident.KeptPages,
        Finding = incident.Finding,
    };
}
