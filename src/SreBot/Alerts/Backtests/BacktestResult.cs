using SreBot.Alerts.Evaluation;
using SreBot.Alerts.Rules;
using SreBot.Alerts.States;

namespace SreBot.Alerts.Backtests;

/// <summary>What a rule would have done.</summary>
/// <param name="Moves">Every change of phase, by tick.</param>
/// <param name="Episodes">By start.</param>
/// <param name="Known">Of the rule's projects at that time, by start.</param>
internal sealed record BacktestResult(AlertRule Rule, BacktestData Data, IReadOnlyList<AlertChange> Moves, IReadOnlyList<BacktestEpisode> Episodes, IReadOnlyList<BacktestIncident> Known)
{
    /// <summary>An episode so soon after the last one of its group is the same trouble told twice.</summary>
    public static readonly TimeSpan Soon = TimeSpan.FromMinutes(30);

    public static BacktestResult Of(AlertRule rule, BacktestData data, IReadOnlyList<BacktestIncident> incidents)
    {
        var changes = BacktestMachine.Run(rule, data);
        return new BacktestResult(rule, data, changes, BacktestEpisodes.Of(rule, data, changes), incidents);
    }

    public TimeSpan Length => Data.Plan.To - Data.Plan.From;

    /// <summary>Time in the phase triggered, over all groups.</summary>
    public TimeSpan Triggered => TimeSpan.FromTicks(Episodes.Sum(episode => episode.Triggered.Ticks));

    /// <summary>Episodes that began within <see cref="Soon"/> of the end of the one before, of the same group.</summary>
    public int Retriggered => Episodes.GroupBy(episode => episode.GroupKey).Sum(group => group.Zip(group.Skip(1)).Count(pair => pair.First.To is { } end && pair.Second.From - end <= Soon));

    /// <summary>Times that the quiet time was broken by another breach.</summary>
    public int Returned => Moves.Count(change => change.Transition is { From: AlertPhase.Cooldown, To: AlertPhase.Triggered });

    public IReadOnlyList<BacktestIncident> Caught => [.. Known.Where(incident => Episodes.Any(episode => incident.IsCaughtBy(episode.GroupKey, episode.From)))];

    /// <summary>Episodes beside no incident.</summary>
    public IReadOnlyList<BacktestEpisode> Alone => [.. Episodes.Where(episode => !Known.Any(incident => incident.IsCaughtBy(episode.GroupKey, episode.From)))];

    public double AloneADay => Alone.Count / Length.TotalDays;
}
