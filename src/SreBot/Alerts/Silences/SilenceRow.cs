using System.Text.Json;
using SreBot.Alerts.Rules;
using SreBot.Model;

namespace SreBot.Alerts.Silences;

/// <summary>A row of the table <c>silence</c>.</summary>
internal sealed record SilenceRow
{
    /// <summary>What to select.</summary>
    public const string Columns = """
        id, organization_id AS organizationid, alert_id AS alertid, projects, matcher::text AS matcher, severity, starts_at AS startsat, ends_at AS endsat, repeats, zone,
        reason, created_by AS createdby
        """;

    public long Id { get; init; }
    public long OrganizationId { get; init; }
    public Guid? AlertId { get; init; }
    public string[] Projects { get; init; } = [];
    public string Matcher { get; init; } = "[]";
    public string? Severity { get; init; }
    public DateTime StartsAt { get; init; }
    public DateTime EndsAt { get; init; }
    public string? Repeats { get; init; }
    public string Zone { get; init; } = "";
    public string Reason { get; init; } = "";
    public string CreatedBy { get; init; } = "";

    public Silence ToSilence() => new()
    {
        Id = Id,
        OrganizationId = OrganizationId,
        AlertId = AlertId,
        Projects = Projects,
        Matcher = JsonSerializer.Deserialize<List<DimensionCondition>>(Matcher, SreJson.Options) ?? [],
        Severity = Severity,
        StartsAt = StartsAt,
        EndsAt = EndsAt,
        Repeat = Repeats is null ? SilenceRepeat.Once : AlertNames.Parse<SilenceRepeat>(Repeats),
        Zone = Zone,
        Reason = Reason,
        CreatedBy = CreatedBy,
    };
}
