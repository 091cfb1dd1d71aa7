namespace SreBot.Model;

/// <summary>An alert's episode as other features see it.</summary>
internal sealed record EpisodeFacts
{
    /// <summary>Empty where no evaluator saw it.</summary>
    public Guid EpisodeId { get; init; }

    /// <summary>Soonest first.</summary>
    public IReadOnlyList<EscalationStep> Escalations { get; init; } = [];

    /// <summary>What to do about it, as a web page; null: none.</summary>
    public string? RunbookUrl { get; init; }

    /// <summary>Null: no stored rule opened it.</summary>
    public required Guid? AlertId { get; init; }
    public required string AlertName { get; init; }
    public required string GroupKey { get; init; }

    /// <summary>What was seen, such as <c>latency max 84 ms > 20 ms in Project_1 on Server_9</c>.</summary>
    public required string Title { get; init; }
    public required string Severity { get; init; }
    public required IReadOnlyList<string> Projects { get; init; }

    /// <summary>The rule's conditions and the group's values.</summary>
    public required IReadOnlyList<DimensionCondition> Filter { get; init; }

    /// <summary>Channels to tell, as <c>platform:workspace/channel</c>.</summary>
    public required IReadOnlyList<string> Targets { get; init; }
    public required string Metric { get; init; }
    public required string Aggregate { get; init; }
    /// <summary>Null: no rule had one.</summary>
    public required double? Threshold { get; init; }

    /// <summary>The start of the first breaching window.</summary>
    public required DateTimeOffset StartedAt { get; init; }
    public required DateTimeOffset TriggeredAt { get; init; }

    /// <summary>Null while it goes on.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>With its unit; null when nothing was read.</summary>
    public string? WorstValue { get; init; }

    /// <summary>The worst request at the time it triggered, or null.</summary>
    public string? RequestId { get; init; }
    public string? ServerId { get; init; }
}
