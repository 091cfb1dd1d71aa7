using System.Text.Json.Serialization;
using SreBot.Model;
using SreBot.Telemetry;

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

    /// <summary>Channels as <c>platform:workspace/channel</c>, and <c>email:…</c>, <c>sms:…</c>, <c>webhook:…</c>, <c>pagerduty:…</c>.</summary>
    public IReadOnlyList<string> Targets { get; init; } = [];

    /// <summary>Who is told when nobody acknowledges; soonest first.</summary>
    public IReadOnlyList<EscalationStep> Escalations { get; init; } = [];

    /// <summary>What to do about it, as a web page; null: none.</summary>
    public string? RunbookUrl { get; init; }

    /// <summary>Percent of requests that shall be good; of a metric that burns an error budget, null for all others.</summary>
    public double? Objective { get; init; }

    /// <summary>A second, shorter window that must breach too; of a metric that burns an error budget; null: none.</summary>
    public TimeSpan? ShortWindow { get; init; }

    /// <summary>The longest that ticks in a row which prove nothing hold a state, a failed query excepted; from then on they count as clear. Null: without end.</summary>
    public TimeSpan? MaxHold { get; init; }

    /// <summary>Ticks in a row that a group must be gone before it counts as vanished.</summary>
    public int VanishAfter { get; init; } = 2;

    /// <summary>A vanished group resolves, whatever <see cref="NoDataPolicy"/> says.</summary>
    public bool VanishResolves { get; init; }

    /// <summary>False: it is not evaluated.</summary>
    public bool IsEnabled { get; init; } = true;

    /// <summary>Rises with each edit.</summary>
    public int Version { get; init; } = 1;
    /// <summary>Rises with each edit that changes what is watched; states of an older one start anew.</summary>
    public int ConditionVersion { get; init; } = 1;
    public string CreatedBy { get; init; } = "";

    /// <summary>What <see cref="Metric"/> and <see cref="Aggregate"/> name.</summary>
    /// <exception cref="SreException">Invalid: the catalogue does not know them.</exception>
    [JsonIgnore]
    public Measure Measure
    {
        get => measure ?? MetricCatalogue.Measure(Metric, Aggregate);
        init => measure = value;
    }

    private readonly Measure? measure;

    /// <summary>The value in the rule's unit, from what the measure's SQL gave.</summary>
    public double? Value(double? raw) => Measure.Aggregate.IsBudgetBurn && raw is { } percent ? percent / (100 - Objective) : raw;

    /// <summary>Windows past a day are evaluated on the hour.</summary>
    public bool IsDue(DateTimeOffset tick) => Window <= TimeSpan.FromDays(1) || tick.Minute == 0;
}
