using SreBot.Alerts.Rules;
using SreBot.Alerts.States;

namespace SreBot.Alerts.Evaluation;

/// <summary>What one tick did to a rule, or to one group of it, where it did something worth writing.</summary>
internal sealed record AlertChange
{
    public required AlertRule Rule { get; init; }
    public required string GroupKey { get; init; }
    public required AlertState Before { get; init; }
    public required AlertState After { get; init; }
    public required AlertTransition? Transition { get; init; }
    public required Verdict Verdict { get; init; }
    public required long Count { get; init; }
    public required AlertNotice Notice { get; init; }

    /// <summary>Of the episode so far; null without one, or without a value.</summary>
    public double? Worst { get; init; }

    /// <summary>The episode began while catching up, and nobody was told.</summary>
    public bool IsHeldBack { get; init; }

    /// <summary>An episode begins.</summary>
    public bool Opens => Before.EpisodeSince is null && After.EpisodeSince is not null;

    /// <summary>The episode ends.</summary>
    public bool Closes => Before.EpisodeSince is not null && After.EpisodeSince is null;

    /// <summary>The episode that is open, or was until this tick; null without one.</summary>
    public Guid? EpisodeId => (After.EpisodeSince ?? Before.EpisodeSince) is { } since ? AlertEpisode.Id(Rule.Id, GroupKey, since) : null;

    /// <summary>What is remembered of it, the same that a restart reads: of an episode that ended, nothing.</summary>
    public AlertEntry ToEntry(DateTimeOffset tick) => new(After, tick, After.EpisodeSince is null ? null : Worst, IsHeldBack);
}
