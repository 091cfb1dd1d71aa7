using SreBot.Alerts.Rules;

namespace SreBot.Alerts.Backtests;

/// <summary>Tries thresholds on the values of one read, by the same machine, and picks those worth setting. Pure.</summary>
internal static class ThresholdSweep
{
    private const int Suggested = 3;

    /// <summary>More episodes a week than these and nobody would keep the rule: louder thresholds are not tried.</summary>
    private const int MostAWeek = 150;

    /// <summary>The rule with another threshold; the recovery threshold keeps its distance in proportion.</summary>
    public static AlertRule With(AlertRule rule, double threshold) => rule with
    {
        Threshold = threshold,
        RecoveryThreshold = rule.RecoveryThreshold is { } recovery ? rule.Threshold == 0 ? threshold : threshold * (recovery / rule.Threshold) : null,
    };

    /// <summary>The quietest first.</summary>
    public static IReadOnlyList<ThresholdTrial> Try(AlertRule rule, BacktestData data, IReadOnlyList<BacktestIncident> incidents, IReadOnlyList<double> candidates)
    {
        var most = (int)Math.Ceiling(MostAWeek * Math.Max(1, Weeks(data)));
        var trials = new List<ThresholdTrial>();
        foreach (var threshold in rule.Comparator.IsBelow() ? candidates : candidates.Reverse())
        {
            var begun = BacktestMachine.Run(With(rule, threshold), data, most).Where(change => change.Opens).Select(change => (change.GroupKey, change.After.Tick)).ToList();
            if (begun.Count > most)
                break;

            trials.Add(new ThresholdTrial(threshold, incidents.Count(incident => begun.Any(episode => incident.IsCaughtBy(episode.GroupKey, episode.Tick))),
                begun.Count(episode => !incidents.Any(incident => incident.IsCaughtBy(episode.GroupKey, episode.Tick))), begun.Count));
        }

        return trials;
    }

    /// <summary>At most three, the best first: what catches most with the fewest false episodes, then what catches less and is quieter. Empty when no threshold catches any.</summary>
    public static IReadOnlyList<ThresholdSuggestion> ByIncidents(IReadOnlyList<ThresholdTrial> trials, int incidents)
    {
        var best = trials.Where(trial => trial.Caught > 0 && !trials.Any(other => IsBetter(other, trial))).GroupBy(trial => (trial.Caught, trial.False)).OrderByDescending(group => group.Key.Caught).Take(Suggested).ToList();
        var suggestions = best.Select((group, i) => new ThresholdSuggestion(Middle([.. group]), i == 0
            ? group.Key.Caught == incidents ? "the fewest false ones of all that catch every incident" : "no other catches more"
            : "quieter, and catches fewer")).ToList();
        var first = best.Count == 0 ? [] : best[0].ToList();
        foreach (var (trial, why) in first.Count < 3 ? [] : new[] { (first[^1], "the earliest that is no noisier"), (first[0], "the furthest from what is usual that still catches as many") })
        {
            if (suggestions.Count < Suggested && suggestions.All(known => known.Threshold != trial.Threshold))
                suggestions.Add(new ThresholdSuggestion(trial, why));
        }

        return suggestions;
    }

    /// <summary>Without an incident to go by: the nearest to what is usual that would have kept as quiet.</summary>
    public static IReadOnlyList<ThresholdSuggestion> ByQuiet(IReadOnlyList<ThresholdTrial> trials, TimeSpan length)
    {
        var wanted = new[]
        {
            (Most: (int)Math.Max(1, Math.Floor(length.TotalDays / 7)), Why: "it would have fired at most once a week"), (Most: 0, Why: "it would not have fired at all"),
            (Most: (int)Math.Max(1, Math.Floor(length.TotalDays)), Why: "it would have fired at most once a day"),
        };
        return [.. wanted.Select(item => (Trial: trials.TakeWhile(trial => trial.Episodes <= item.Most).LastOrDefault(), item.Why)).Where(item => item.Trial is not null)
            .DistinctBy(item => item.Trial!.Threshold).Select(item => new ThresholdSuggestion(item.Trial!, item.Why))];
    }

    private static bool IsBetter(ThresholdTrial one, ThresholdTrial other) => one.Caught >= other.Caught && one.False <= other.False && (one.Caught, one.False) != (other.Caught, other.False);

    /// <summary>The furthest from where it would turn worse.</summary>
    private static ThresholdTrial Middle(IReadOnlyList<ThresholdTrial> equal) => equal[equal.Count / 2];

    private static double Weeks(BacktestData data) => (data.Plan.To - data.Plan.From).TotalDays / 7;
}
