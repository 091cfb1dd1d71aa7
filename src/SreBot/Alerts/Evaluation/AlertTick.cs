using SreBot.Alerts.Rules;
using SreBot.Alerts.Silences;
using SreBot.Alerts.States;

namespace SreBot.Alerts.Evaluation;

/// <summary>Decides one tick for all rules. Pure.</summary>
internal static class AlertTick
{
    /// <param name="states">By rule and group; a missing one is new.</param>
    /// <param name="isTimedOut">The minute was passed by time-out: nobody knows what was in it.</param>
    /// <returns>What is worth writing.</returns>
    public static IReadOnlyList<AlertChange> Decide(IReadOnlyList<AlertRule> rules, IReadOnlyDictionary<(Guid AlertId, string GroupKey), AlertState> states,
        AlertReadings readings, IReadOnlyList<Silence> silences, DateTimeOffset tick, bool isTimedOut)
    {
        var groups = states.Keys.ToLookup(key => key.AlertId, key => key.GroupKey);
        return [.. rules.Where(rule => rule.IsDue(tick))
            .SelectMany(rule => Observe(rule, groups[rule.Id], readings, isTimedOut)
                .Select(seen => Change(rule, states.GetValueOrDefault((rule.Id, seen.GroupKey)) ?? AlertState.New(tick), seen, silences, tick)))
            .Where(IsWorthWriting)];
    }

    private static IEnumerable<(string GroupKey, Verdict Verdict, double? Value, long Count)> Observe(AlertRule rule, IEnumerable<string> known, AlertReadings readings, bool isTimedOut)
    {
        var keys = rule.GroupBy.Count == 0 ? [""] : known.Where(key => key.Length > 0);
        if (readings.FailureOf(rule.Id) is not null)
        {
            return keys.Select(key => (key, Verdict.Error, (double?)null, 0L));
        }

        if (isTimedOut)
        {
            return keys.Select(key => (key, Verdict.NoData, (double?)null, 0L));
        }

        var seen = readings.Of(rule.Id).ToDictionary(reading => reading.GroupKey);
        return keys.Union(seen.Keys).Select(key =>
        {
            var reading = seen.GetValueOrDefault(key) ?? new AlertReading(key, rule.Metric == "requests" ? 0 : null, 0); // no requests are a number of requests
            return (key, AlertVerdict.Of(rule, reading.Value, reading.Count), reading.Value, reading.Count);
        });
    }

    private static AlertChange Change(AlertRule rule, AlertState before, (string GroupKey, Verdict Verdict, double? Value, long Count) seen, IReadOnlyList<Silence> silences, DateTimeOffset tick)
    {
        var isSilenced = silences.Any(silence => silence.Covers(rule, seen.GroupKey, tick));
        var step = AlertStep.Take(rule, before, seen.Verdict, seen.Value, tick, isSilenced);
        return new AlertChange
        {
            Rule = rule,
            GroupKey = seen.GroupKey,
            Before = before,
            After = step.State,
            Transition = step.Transition,
            Verdict = seen.Verdict,
            Count = seen.Count,
            Notice = step.Notice,
        };
    }

    /// <summary>A rule that stays resolved is not written each minute.</summary>
    private static bool IsWorthWriting(AlertChange change) =>
        change.Transition is not null || change.Notice != AlertNotice.None || change.After.Phase != AlertPhase.Resolved;
}
