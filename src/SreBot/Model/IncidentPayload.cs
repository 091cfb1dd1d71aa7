using SreBot.Adapters.Chat;

namespace SreBot.Model;

/// <summary>Outbox handler <c>incident</c>: an episode goes on or ended, its investigation has findings, or its exports were kept.</summary>
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

    /// <summary>Of the likeliest cause, or of what was looked at when there is none.</summary>
    public ReplyChart? Chart { get; init; }
    public long? IncidentId { get; init; }
}

/// <summary>What happened to an episode, or to the incident of one.</summary>
internal enum IncidentChange { Repeated, Resolved, Findings, Kept }
