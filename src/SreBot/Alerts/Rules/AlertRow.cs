using System.Text.Json;
using SreBot.Model;

namespace SreBot.Alerts.Rules;

/// <summary>A row of the table <c>alert</c>.</summary>
internal sealed record AlertRow
{
    /// <summary>What to select, of a table that is called <c>a</c>.</summary>
    public const string Columns = """
        a.organization_id AS organizationid, a.id, a.name, a.projects, a.metric, a.aggregate, a.filter::text AS filter, a.group_by AS groupby, a.comparator, a.threshold,
        a.threshold_max AS thresholdmax, a.recovery_threshold AS recoverythreshold, a.time_window AS timewindow, a.min_requests AS minrequests,
        a.for_duration AS forduration, a.cooldown, a.no_data_policy AS nodatapolicy, a.error_policy AS errorpolicy, a.insufficient_policy AS insufficientpolicy,
        a.repeat_interval AS repeatinterval, a.severity, a.targets, a.version, a.created_by AS createdby, a.objective,
        a.short_window AS shortwindow, a.max_hold AS maxhold, a.vanish_after AS vanishafter, a.vanish_resolves AS vanishresolves, a.escalations::text AS escalations,
        a.runbook_url AS runbookurl, a.enabled, a.condition_version AS conditionversion, a.book_version AS bookversion, a.soft_delete AS softdelete
        """;

    public long OrganizationId { get; init; }
    public Guid Id { get; init; }
    public string Name { get; init; } = "";
    public string[] Projects { get; init; } = [];
    public string Metric { get; init; } = "";
    public string Aggregate { get; init; } = "";
    public string Filter { get; init; } = "[]";
    public string[] GroupBy { get; init; } = [];
    public string Comparator { get; init; } = "";
    public double Threshold { get; init; }
    public double? ThresholdMax { get; init; }
    public double? RecoveryThreshold { get; init; }
    public long TimeWindow { get; init; }
    public long MinRequests { get; init; }
    public long ForDuration { get; init; }
    public long Cooldown { get; init; }
    public string NoDataPolicy { get; init; } = "";
    public string ErrorPolicy { get; init; } = "";
    public string InsufficientPolicy { get; init; } = "";
    public long? RepeatInterval { get; init; }
    public string Severity { get; init; } = "";
    public string[] Targets { get; init; } = [];
    public int Version { get; init; }
    public string CreatedBy { get; init; } = "";
    public double? Objective { get; init; }
    public long? ShortWindow { get; init; }
    public long? MaxHold { get; init; }
    public int VanishAfter { get; init; }
    public bool VanishResolves { get; init; }
    public string Escalations { get; init; } = "[]";
    public string? RunbookUrl { get; init; }
    public bool Enabled { get; init; }
    public int ConditionVersion { get; init; }

    /// <summary>Of <c>alert_book</c>, at the row's last change.</summary>
    public long BookVersion { get; init; }
    public bool SoftDelete { get; init; }

    /// <summary>Columns that only a write by hand could have spoiled read as the default, so that one bad row stops no other.</summary>
    public AlertRule ToRule() => new()
    {
        OrganizationId = OrganizationId,
        Id = Id,
        Name = Name,
        Projects = Projects,
        Metric = string.Intern(Metric), // there are few, and many rules
        Aggregate = string.Intern(Aggregate),
        Filter = Items<DimensionCondition>(Filter),
        GroupBy = GroupBy.Length == 0 ? [] : GroupBy,
        Comparator = AlertComparators.Find(Comparator) ?? AlertComparator.GreaterOrEqual,
        Threshold = AlertComparators.Find(Comparator) is null ? double.NaN : Threshold,
        ThresholdMax = ThresholdMax,
        RecoveryThreshold = RecoveryThreshold,
        Window = TimeSpan.FromMilliseconds(TimeWindow),
        MinRequests = MinRequests,
        For = TimeSpan.FromMilliseconds(ForDuration),
        Cooldown = TimeSpan.FromMilliseconds(Cooldown),
        NoDataPolicy = AlertNames.Parse<MissingPolicy>(NoDataPolicy),
        ErrorPolicy = AlertNames.Parse<MissingPolicy>(ErrorPolicy),
        InsufficientPolicy = AlertNames.Parse<InsufficientPolicy>(InsufficientPolicy),
        RepeatInterval = Time(RepeatInterval),
        Severity = string.Intern(Severity),
        Targets = Targets.Length == 0 ? [] : Targets,
        Version = Version,
        CreatedBy = string.Intern(CreatedBy),
        Objective = Objective,
        ShortWindow = Time(ShortWindow),
        MaxHold = Time(MaxHold),
        VanishAfter = VanishAfter,
        VanishResolves = VanishResolves,
        Escalations = Items<EscalationStep>(Escalations),
        RunbookUrl = RunbookUrl,
        IsEnabled = Enabled,
        ConditionVersion = ConditionVersion,
    };

    private static IReadOnlyList<T> Items<T>(string json) => json == "[]" ? [] : JsonSerializer.Deserialize<List<T>>(json, SreJson.Options) ?? [];

    private static TimeSpan? Time(long? milliseconds) => milliseconds is { } number ? TimeSpan.FromMilliseconds(number) : null;
}
