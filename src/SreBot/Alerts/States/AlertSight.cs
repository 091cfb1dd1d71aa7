using SreBot.Alerts.Evaluation;
using SreBot.Alerts.Rules;

namespace SreBot.Alerts.States;

/// <summary>What one tick shows of a rule: a verdict for each of its groups. Pure. A rule with groups is also seen as a whole, while nothing at all comes back and no group can say so.</summary>
internal static class AlertSight
{
    /// <summary>The group key of a rule without groups, and of a rule with groups as a whole.</summary>
    private const string Whole = "";

    /// <param name="known">The keys that have a state.</param>
    /// <param name="readings">What the query gave; empty when nothing was read.</param>
    /// <param name="unread"><see cref="Verdict.Error"/>: the rule's own query failed; <see cref="Verdict.NoData"/>: the minute was passed by time-out; null: the query answered.</param>
    /// <returns>One for each known key and each group that was seen.</returns>
    public static IReadOnlyList<AlertSighting> Of(AlertRule rule, IEnumerable<string> known, IReadOnlyCollection<AlertReading> readings, Verdict? unread)
    {
        if (rule.GroupBy.Count == 0)
        {
            return [unread is { } verdict ? Nothing(Whole, verdict) : Judge(rule, readings.FirstOrDefault() ?? Empty(rule, Whole))];
        }

        var keys = known.ToHashSet();
        var isSeenWhole = keys.Remove(Whole);
        if (unread is null && readings.Count > 0)
        {
            var seen = readings.Select(reading => Judge(rule, reading));
            keys.ExceptWith(readings.Select(reading => reading.GroupKey));
            return [.. seen, .. keys.Select(key => Absent(rule, key, Verdict.Vanished)), .. isSeenWhole ? [Nothing(Whole, Verdict.Clear)] : Array.Empty<AlertSighting>()];
        }

        var isSaidByWhole = keys.Count == 0 || IsSaidOnce(rule, unread);
        var whole = keys.Count == 0 && unread is null ? Absent(rule, Whole, Verdict.NoData) : Nothing(Whole, isSaidByWhole ? unread ?? Verdict.NoData : Verdict.Unknown);
        var groups = keys.Select(key => unread is null ? Absent(rule, key, OfGroup(rule, unread)) : Nothing(key, OfGroup(rule, unread)));
        return isSeenWhole || isSaidByWhole ? [whole, .. groups] : [.. groups];
    }

    /// <summary>Of each known group, when nothing at all came back.</summary>
    private static Verdict OfGroup(AlertRule rule, Verdict? unread) => unread switch
    {
        _ when !IsSaidOnce(rule, unread) => unread ?? Verdict.NoData,
        null when rule.VanishResolves => Verdict.Vanished,
        _ => Verdict.Unknown,
    };

    /// <summary>A state of its own for missing data: the rule has it, rather than each of its groups.</summary>
    private static bool IsSaidOnce(AlertRule rule, Verdict? unread) => unread != Verdict.Error && rule.NoDataPolicy == MissingPolicy.State && Empty(rule, Whole).Value is null;

    private static AlertSighting Judge(AlertRule rule, AlertReading reading) =>
        new(reading.GroupKey, reading.VerdictBy(rule), reading.Value, reading.Count);

    private static AlertSighting Nothing(string key, Verdict verdict) => new(key, verdict, null, 0);

    /// <summary>A group that the query did not give, though it answered.</summary>
    private static AlertSighting Absent(AlertRule rule, string key, Verdict otherwise) =>
        Empty(rule, key) is { Value: not null } reading ? Judge(rule, reading) : Nothing(key, otherwise);

    /// <summary>No requests are a number of requests.</summary>
    private static AlertReading Empty(AlertRule rule, string key) => new(key, rule.Metric == "requests" ? 0 : null, 0);
}
