using System.Text.RegularExpressions;
using SreBot.Evidence;
using SreBot.Model;

namespace SreBot.Planning;

/// <summary>Completes a question such as "and yesterday?" by what was asked before it.</summary>
internal static partial class FollowUp
{
    private const int FewWords = 3;

    /// <summary>Whose question it is; a new one takes the place of the old, while a region, platform or version narrows it.</summary>
    private static readonly string[] Subjects = ["server_id", "project_id", "service", "endpoint", FilterText.AnyDimension];

    /// <summary>Whether a question goes on with the one before, rather than standing for itself.</summary>
    /// <param name="now">Null when no rule fits it.</param>
    public static bool Continues(QuestionWords words, Asked? now)
    {
        if (now is null || !now.IsWhole || Opening().IsMatch(words.Text) || Back().IsMatch(words.Rest))
            return true;

        var isBare = words.Terms.Count == 0 && words.Incident is null;
        return isBare && (words.Metric is null ? words.Length <= FewWords || now.Tool is "metric_over_time" or "compare_windows" : words.Length <= FewWords && words.Window is null && words.Kind is null);
    }

    public static Asked Merge(Asked then, Asked now, QuestionWords words)
    {
        var tool = now.Tool is null ? then.Tool : now.IsWeak ? GoOn(then, now) : now.Tool;
        var terms = Terms(then, now, tool, isNarrower: Narrower().IsMatch(words.Text));
        var incident = now.Incident ?? (now.Terms.Count > 0 || now.Window is not null || !TakesIncident(tool) ? null : then.Incident);
        var isSame = tool == then.Tool;
        return new Asked
        {
            Tool = tool,
            Incident = incident,
            Terms = now.Incident is null ? terms : now.Terms,
            Metric = now.Metric ?? then.Metric,
            Aggregate = now.Aggregate ?? (now.Metric is null || now.Metric == (then.Metric ?? "latency") ? then.Aggregate : null),
            Window = now.Window ?? then.Window ?? (incident is null && now.Incident is null && then.Incident is { } about ? $"during {about}" : null),
            Before = now.Before ?? (isSame ? then.Before : null),
            Kind = now.Kind ?? then.Kind,
            Among = now.Among ?? (isSame && now.Kind is null ? then.Among : null),
            Count = now.Count ?? (isSame ? then.Count : null),
            IsLowest = now.IsLowest || (isSame && then.IsLowest && now.Kind is null),
            Alert = now.Alert is null or "it" ? then.Alert : now.Alert,
            Minutes = now.Minutes,
            Wish = now.Wish ?? (isSame ? then.Wish : null),
        };
    }

    /// <summary>The earlier tool, unless it cannot tell what is named now.</summary>
    private static string? GoOn(Asked then, Asked now) => (then.Tool, now.Tool) switch
    {
        ("percentiles", "metric_over_time") when now.Metric is not (null or "latency") => now.Tool,
        ("explain_cause" or "recent_changes", "percentiles") => now.Tool,
        ("metric_over_time", "percentiles") when then.Metric is not (null or "latency") => now.Tool,
        ("recent_incidents" or "list_alerts" or "mute_alert" or "explain_alert" or "create_alert" or "silence_alerts" or "delete_alert" or "subscribe_to_alert", _) => now.Tool,
        ("recent_changes" or "find_incident", "metric_over_time") => now.Tool,
        ("find_incident" or "acknowledge_incident" or "snooze_incident" or "resolve_incident", "explain_cause" or "percentiles") => now.Tool,
        _ => then.Tool,
    };

    private static List<DimensionCondition> Terms(Asked then, Asked now, string? tool, bool isNarrower)
    {
        var isOther = !isNarrower && now.Terms.Any(term => Subjects.Contains(term.Dimension));
        var ranked = tool is "top_servers" or "largest_swing" && now.Kind is { } kind ? FilterText.Dimension(kind) : null;
        var kept = then.Terms.Where(term => term.Dimension != ranked && !(isOther && Subjects.Contains(term.Dimension)) && !now.Terms.Any(other => other.Dimension == term.Dimension));
        return [.. kept.Concat(now.Terms).OrderBy(term => Array.IndexOf(QuestionOrder, term.Dimension))];
    }

    private static readonly string[] QuestionOrder = ["server_id", "project_id", "endpoint", "region", "version", "platform", "service", FilterText.AnyDimension];

    private static bool TakesIncident(string? tool) => tool is "explain_cause" or "find_incident" or "acknowledge_incident" or "snooze_incident" or "resolve_incident";

    [GeneratedRegex(@"^\W*(?:and|what about|how about|the same|same|also|then|but|only|just|or|for|on|in|now|instead|ok and|what if)\b|\binstead\W*$|\bas well\W*$|\btoo\W*$", RegexOptions.IgnoreCase)]
    private static partial Regex Opening();

    /// <summary>A word that means something said before.</summary>
    [GeneratedRegex(@"\b(?:it|its|that|this|them|those|these|there|which ones?|that one)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Back();

    [GeneratedRegex(@"^\W*(?:and\s+|but\s+|or\s+)?(?:only|just|in|on|within)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Narrower();
}
