using SreBot.Model;

namespace SreBot.Alerts.Rules;

/// <summary>What to watch and when to say so.</summary>
internal sealed record AlertRule
{
    public long OrganizationId { get; init; }
    public Guid Id { get; init; }
    public required string Name { get; init; }

    /// <summary>Never empty.</summary>
    public required IReadOnlyList<string> Projects { get; init; }

    /// <summary>Of the catalogue, such as <c>latency</c>.</summary>
    public required string Metric { get; init; }

    /// <summary>Of the metric, such as <c>p95</c>.</summary>
    public required string Aggregate { get; init; }

    /// <summary>All must hold.</summary>
    public IReadOnlyList<DimensionCondition> Filter { get; init; } = [];

    /// <summary>Dimensions; each combination of their values has a state of its own.</summary>
    public IReadOnlyList<string> GroupBy { get; init; } = [];
    public required AlertComparator Comparator { get; init; }

    /// <summary>In the unit of the aggregate.</summary>
    public required double Threshold { get; init; }

    /// <summary>The upper end; with a range comparator alone.</summary>
    public double? ThresholdMax { get; init; }

    /// <summary>A value is clear only past it; null: past <see cref="Threshold"/>.</summary>
    public double? RecoveryThreshold { get; init; }

    /// <summary>Whole minutes, 1 minute to 30 days.</summary>
    public TimeSpan Window { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Fewer requests in the window prove nothing.</summary>
    public long MinRequests { get; init; }

    /// <summary>How long a breach must last before it triggers.</summary>
    public TimeSpan For { get; init; }

    /// <summary>How long it must be clear before it is resolved.</summary>
    public TimeSpan Cooldown { get; init; } = TimeSpan.FromMinutes(5);
    public MissingPolicy NoDataPolicy { get; init; }
    public MissingPolicy ErrorPolicy { get; init; }
    public InsufficientPolicy InsufficientPolicy { get; init; }

    /// <summary>Time between two reminders while it is triggered; null: none.</summary>
    public TimeSpan? RepeatInterval { get; init; }

    /// <summary><c>info</c>, <c>warning</c> or <c>critical</c>.</summary>
    public string Severity { get; init; } = "warning";

    /// <summary>Channels, as <c>platform:workspace/channel</c>.</summary>
    public IReadOnlyList<string> Targets { get; init; } = [];
    public DateTimeOffset? MutedUntil { get; init; }

    /// <summary>Rises with each edit.</summary>
    public int Version { get; init; } = 1;
    public string CreatedBy { get; init; } = "";

    /// <summary>Nothing is sent for it then; its state moves on.</summary>
    public bool IsMuted(DateTimeOffset at) => MutedUntil > at;

    /// <summary>Windows past a day are evaluated on the hour.</summary>
    public bool IsDue(DateTimeOffset tick) => Window <= TimeSpan.FromDays(1) || tick.Minute == 0;
}
