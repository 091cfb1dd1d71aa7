namespace SreBot.Model;

/// <summary>Outbox handler <c>incident</c>: an episode began or ended, or its investigation has findings.</summary>
internal sealed record IncidentPayload
{
    public const string Handler = "incident";

    public required IncidentChange Change { get; init; }
    public required Guid AlertId { get; init; }

    /// <summary>The <c>alert_history</c> row of the episode.</summary>
    public required Guid EpisodeId { get; init; }
    public required DateTimeOffset At { get; init; }

    /// <summary>With <see cref="IncidentChange.Findings"/>: one sentence, and the page of the investigation.</summary>
    public string? Finding { get; init; }
    public Guid? InvestigationId { get; init; }
    public long? IncidentId { get; init; }
}

/// <summary>What happened to an episode.</summary>
internal enum IncidentChange { Opened, Resolved, Findings }
