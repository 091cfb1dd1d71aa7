namespace SreBot.Model;

/// <summary>An incident as other features see it.</summary>
internal sealed record IncidentFacts
{
    /// <summary>Shown as <c>INC-42</c>.</summary>
    public required long Id { get; init; }
    public required string Title { get; init; }

    /// <summary><c>open</c>, <c>acknowledged</c> or <c>resolved</c>.</summary>
    public required string Status { get; init; }
    public required string Severity { get; init; }

    /// <summary>The projects that its filter implies.</summary>
    public required IReadOnlyList<string> Projects { get; init; }
    public required DateTimeOffset OpenedAt { get; init; }
    public DateTimeOffset? AcknowledgedAt { get; init; }
    public string? AcknowledgedBy { get; init; }
    public DateTimeOffset? ResolvedAt { get; init; }

    /// <summary>The worst request of the episode, or null.</summary>
    public string? RequestId { get; init; }
    public string? ServerId { get; init; }
    public Guid? AlertId { get; init; }

    /// <summary>The catalogue metric and aggregate of the alert that opened it, such as <c>latency</c>, <c>max</c>; null when a person opened it.</summary>
    public string? Metric { get; init; }
    public string? Aggregate { get; init; }
    public double? Threshold { get; init; }

    /// <summary>The rule's conditions and the group's values.</summary>
    public IReadOnlyList<DimensionCondition> Filter { get; init; } = [];

    /// <summary>When the breach began, as far as the evaluator knows: the start of the first breaching window.</summary>
    public required DateTimeOffset StartedAt { get; init; }
}
