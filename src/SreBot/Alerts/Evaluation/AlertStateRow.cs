using SreBot.Alerts.Rules;
using SreBot.Alerts.States;

namespace SreBot.Alerts.Evaluation;

/// <summary>A row of the table <c>alert_state</c>, with what its episode's row adds.</summary>
internal sealed record AlertStateRow
{
    /// <summary>What to select, of <c>alert_state s</c>, <c>alert a</c> and <c>alert_history h</c>.</summary>
    public const string Columns = """
        s.organization_id AS organizationid, s.alert_id AS alertid, s.group_key AS groupkey, s.phase, s.since, s.held, s.value, s.episode_id AS episodeid,
        s.episode_since AS episodesince, s.announced, s.tick, s.notified_at AS notifiedat, s.held_since AS heldsince, s.missing_ticks AS missingticks,
        s.condition_version AS conditionversion, s.rule_version AS ruleversion, h.worst_value AS worst, coalesce(h.digested AND h.announced_at IS NULL, false) AS heldback,
        CASE WHEN a.soft_delete THEN 'deleted' WHEN NOT a.enabled THEN 'disabled' ELSE 'edited' END AS why
        """;

    public long OrganizationId { get; init; }
    public Guid AlertId { get; init; }
    public string GroupKey { get; init; } = "";
    public string Phase { get; init; } = "";
    public DateTime Since { get; init; }
    public bool Held { get; init; }
    public double? Value { get; init; }
    public Guid? EpisodeId { get; init; }
    public DateTime? EpisodeSince { get; init; }
    public bool Announced { get; init; }
    public DateTime Tick { get; init; }
    public DateTime? NotifiedAt { get; init; }
    public DateTime? HeldSince { get; init; }
    public int MissingTicks { get; init; }
    public int ConditionVersion { get; init; }
    public int RuleVersion { get; init; }
    public double? Worst { get; init; }
    public bool HeldBack { get; init; }

    /// <summary>Why what is open ends, when the rule is not what it was.</summary>
    public string Why { get; init; } = "";

    /// <exception cref="ArgumentException">It was spoiled by hand.</exception>
    public AlertEntry ToEntry() => new(
        new AlertState
        {
            Phase = AlertNames.Parse<AlertPhase>(Phase),
            Since = Since,
            IsHeld = Held,
            Value = Value,
            EpisodeSince = Utc(EpisodeSince),
            IsAnnounced = Announced,
            NotifiedAt = Utc(NotifiedAt),
            HeldSince = Utc(HeldSince),
            MissingTicks = MissingTicks,
            Tick = Tick,
        },
        Tick, Worst, HeldBack);

    private static DateTimeOffset? Utc(DateTime? time) => time is { } utc ? new DateTimeOffset(utc) : null;
}
