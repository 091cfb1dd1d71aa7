using System.Text.RegularExpressions;

namespace SreBot.Planning;

/// <summary>Reads a question by rules, the first that fits; pure. The same tools that a model would choose from.</summary>
internal static partial class OfflineRules
{
    private static readonly IReadOnlyList<Func<QuestionWords, OfflineCall?>> Rules =
        [Help, Acknowledge, Resolve, CreateAlert, MuteAlert, ListAlerts, ExplainAlert, Incidents, Compare, Swing, Why, ShowIncident, Top, OverTime, Percentiles, Metric, Entity];

    /// <param name="previous">The question before in the thread, for one that leaves out what it is about; null: none.</param>
    /// <param name="tools">Those that there are; a rule for another one is passed over.</param>
    public static OfflineCall Read(string question, string? previous, IReadOnlyCollection<string> tools)
    {
        if (previous is not null && Continues().IsMatch(question) && Match(FollowUp.Merge(previous, question), tools) is { Tool: not null } continued)
            return continued;

        return Match(question, tools) ?? (previous is null ? null : Match(FollowUp.Merge(previous, question), tools)) ?? OfflineCall.Say(HelpText.Unknown);
    }

    private static OfflineCall? Match(string question, IReadOnlyCollection<string> tools)
    {
        var words = new QuestionWords(question);
        return Rules.Select(rule => rule(words)).FirstOrDefault(call => call is not null && (call.Tool is null || tools.Contains(call.Tool)));
    }

    private static OfflineCall? Help(QuestionWords words) => HelpWord().IsMatch(words.Text) ? OfflineCall.Say(HelpText.Capabilities) : null;

    private static OfflineCall? Acknowledge(QuestionWords words) =>
        words.Incident is { } incident && AcknowledgeWord().IsMatch(words.Text) ? OfflineCall.To("acknowledge_incident", ("incident_id", incident)) : null;

    private static OfflineCall? Resolve(QuestionWords words) =>
        words.Incident is { } incident && ResolveWord().IsMatch(words.Text) ? OfflineCall.To("resolve_incident", ("incident_id", incident)) : null;

    private static OfflineCall? CreateAlert(QuestionWords words) => CreateAlertWord().IsMatch(words.Text) ? OfflineCall.Say(HelpText.CreateAlert) : null;

    private static OfflineCall? MuteAlert(QuestionWords words) => MuteWord().Match(words.Text) is { Success: true } match
        ? OfflineCall.To("mute_alert", ("name", Name(match.Groups["name"].Value)), ("minutes", Minutes(match))) : null;

    private static OfflineCall? ListAlerts(QuestionWords words) => ListAlertsWord().IsMatch(words.Text) ? OfflineCall.To("list_alerts") : null;

    private static OfflineCall? ExplainAlert(QuestionWords words) =>
        ExplainAlertWord().Match(words.Text) is { Success: true } match ? OfflineCall.To("explain_alert", ("name", Name(match.Groups["name"].Value))) : null;

    private static OfflineCall? Incidents(QuestionWords words) => words.Incident is null && IncidentsWord().IsMatch(words.Text) && !WhyWord().IsMatch(words.Text)
        ? OfflineCall.To("recent_incidents", ("count", words.Count ?? CountOfIncidents(words.Text))) : null;

    private static OfflineCall? Compare(QuestionWords words) => !CompareWord().IsMatch(words.Text) || words.Incident is not null ? null
        : OfflineCall.To("compare_windows", ("metric", words.Metric ?? "latency"), ("aggregate", words.Aggregate), ("window", words.Windows?.First ?? words.Window), ("before", words.Windows?.Second), ("filter", words.Filter));

    private static OfflineCall? Swing(QuestionWords words) => !SwingWord().IsMatch(words.Text) ? null
        : OfflineCall.To("largest_swing", ("metric", words.Metric ?? "latency"), ("aggregate", words.Aggregate), ("dimension", words.Kind ?? "server"), ("window", words.Window), ("filter", words.Filter));

    private static OfflineCall? Why(QuestionWords words) => !WhyWord().IsMatch(words.Text) || (AsksWhich().IsMatch(words.Text) && words.Kind is not null && !CauseWord().IsMatch(words.Text)) ? null
        : words.Incident is { } incident ? OfflineCall.To("explain_cause", ("incident_id", incident)) : Explain(words);

    private static OfflineCall? ShowIncident(QuestionWords words) => words.Incident is { } incident ? OfflineCall.To("find_incident", ("incident_id", incident)) : null;

    private static OfflineCall? Top(QuestionWords words) => words.Kind is not { } kind || !(TopWord().IsMatch(words.Text) || ByKind().IsMatch(words.Text)) ? null
        : OfflineCall.To("top_servers", ("metric", words.Metric ?? "latency"), ("aggregate", words.Aggregate), ("dimension", kind), ("window", words.Window), ("filter", words.Filter), ("count", words.Count),
            ("lowest", LowestWord().IsMatch(words.Text) ? true : null));

    private static OfflineCall? OverTime(QuestionWords words) => !OverTimeWord().IsMatch(words.Text) ? null : Series(words, words.Metric ?? "latency");

    private static OfflineCall? Percentiles(QuestionWords words) => !PercentileWord().IsMatch(words.Text) ? null
        : OfflineCall.To("percentiles", ("percentile", words.Percentile), ("window", words.Window), ("filter", words.Filter));

    private static OfflineCall? Metric(QuestionWords words) => words.Metric is { } metric ? Series(words, metric) : null;

    /// <summary>A server or project and nothing else: how is it?</summary>
    private static OfflineCall? Entity(QuestionWords words) => words.Filter is not null ? Explain(words) : null;

    private static OfflineCall Explain(QuestionWords words) =>
        OfflineCall.To("explain_cause", ("server", words.Server), ("project", words.Project), ("window", words.Window), ("filter", words.OtherFilter), ("metric", words.Metric));

    private static OfflineCall Series(QuestionWords words, string metric) =>
        OfflineCall.To("metric_over_time", ("metric", metric), ("aggregate", words.Aggregate), ("window", words.Window), ("filter", words.Filter));

    private static string Name(string text) => text.Trim().Trim('"', '\'', '?', '.', '!', ' ');

    private static object? Minutes(Match match) => !match.Groups["count"].Success ? null
        : Math.Min(43_200, int.Parse(match.Groups["count"].Value) * (match.Groups["unit"].Value.StartsWith('h') ? 60 : match.Groups["unit"].Value.StartsWith('d') ? 1440 : 1));

    private static int? CountOfIncidents(string text) => IncidentCount().Match(text) is { Success: true } match ? int.Parse(match.Groups["count"].Value) : null;

    [GeneratedRegex(@"^\W*(?:help|hi|hello|hey)\b|what can (?:you|i|sre-?bot)\b|what do you do|how do(?:es)? (?:i|this|it|you) (?:use|work)|\bcapabilit|^\W*\?*\W*$|who are you", RegexOptions.IgnoreCase)]
    private static partial Regex HelpWord();

    [GeneratedRegex(@"\back(?:nowledge)?d?\b", RegexOptions.IgnoreCase)]
    private static partial Regex AcknowledgeWord();

    [GeneratedRegex(@"^\W*(?:please\s+)?(?:resolve|close)\b|\bmark\b.*\bresolved\b", RegexOptions.IgnoreCase)]
    private static partial Regex ResolveWord();

    [GeneratedRegex(@"\b(?:create|add|make|new|set ?up|define)\b.{0,40}\balerts?\b|\b(?:alert|notify|tell|warn|page)\s+(?:me|us)\b", RegexOptions.IgnoreCase)]
    private static partial Regex CreateAlertWord();

    [GeneratedRegex(@"\bmute\s+(?:the\s+)?(?:alert\s+)?(?<name>.+?)(?:\s+for\s+(?<count>\d{1,5})\s*(?<unit>m(?:in(?:ute)?s?)?|h(?:ours?|rs?)?|d(?:ays?)?))?\W*$", RegexOptions.IgnoreCase)]
    private static partial Regex MuteWord();

    [GeneratedRegex(@"\b(?:list|show|which|what|all|my|our|active|firing|any)\b.{0,30}\balerts\b|^\W*alerts\W*$|\balert rules\b|\bfiring\b|what alerts", RegexOptions.IgnoreCase)]
    private static partial Regex ListAlertsWord();

    [GeneratedRegex(@"\bexplain\s+(?:the\s+)?alert\s+(?<name>.+)$|\bwhy (?:did|is|was|has) (?:the )?alert\s+(?<name>.+?)\s+(?:fired?|trigger(?:ed|ing)?|firing|resolved?|gone)\b.*$", RegexOptions.IgnoreCase)]
    private static partial Regex ExplainAlertWord();

    [GeneratedRegex(@"\bincidents\b|\b(?:recent|latest|last|newest|current|open|any)\s+incident\b", RegexOptions.IgnoreCase)]
    private static partial Regex IncidentsWord();

    [GeneratedRegex(@"\b(?:last|latest|recent|top)\s+(?<count>\d{1,2})\s+incidents\b", RegexOptions.IgnoreCase)]
    private static partial Regex IncidentCount();

    [GeneratedRegex(@"\bcompare[ds]?\b|\bversus\b|\bvs\b|\bcompared\b|\bagainst\b|\bthan (?:before|yesterday|usual|normal|last)\b|\bdifference between\b", RegexOptions.IgnoreCase)]
    private static partial Regex CompareWord();

    [GeneratedRegex(@"\bswings?\b|\bswinging\b|\bfluctuat|\bunstable\b|\boscillat|\bvar(?:ies|y|ying|iation)\b|\bmax(?:imum)?\s*(?:-|minus)\s*min\b|\bculprit\b|\bjump(?:s|ing|y)\b", RegexOptions.IgnoreCase)]
    private static partial Regex SwingWord();

    [GeneratedRegex(@"\bwhy\b|\broot[- ]?cause\b|\bcauses?d?\b|\breason\b|\banaly[sz]e\b|\banalysis\b|\bdiagnos|\binvestigat|\bexplain\b|\bwhat(?:'s| is| was)? (?:happen|wrong|going on|going wrong|up with|broken)|\bwhat (?:happened|went wrong|changed|broke)\b|\btroubleshoot|\bdebug\b|\bwhat(?:'s| is) (?:the )?(?:problem|matter|issue)\b|\bbehind\b|\bis\b.{0,40}\b(?:slow|failing|broken|down)\b", RegexOptions.IgnoreCase)]
    private static partial Regex WhyWord();

    [GeneratedRegex(@"\bwhy\b|\bcauses?d?\b|\broot[- ]?cause\b|\breason\b", RegexOptions.IgnoreCase)]
    private static partial Regex CauseWord();

    [GeneratedRegex(@"^\W*(?:which|what|whose)\b", RegexOptions.IgnoreCase)]
    private static partial Regex AsksWhich();

    [GeneratedRegex(@"\b(?:top|which|what|worst|slowest|fastest|busiest|highest|lowest|most|least|rank(?:ed|ing)?|best|hottest|biggest|largest|smallest|list|who)\b", RegexOptions.IgnoreCase)]
    private static partial Regex TopWord();

    [GeneratedRegex(@"\b(?:by|per|each|every|across|of all)\s+(?:the\s+)?(?:servers?|services?|endpoints?|regions?|platforms?|projects?|versions?)\b", RegexOptions.IgnoreCase)]
    private static partial Regex ByKind();

    [GeneratedRegex(@"\b(?:lowest|least|fastest|smallest|best|idle|quietest|fewest)\b", RegexOptions.IgnoreCase)]
    private static partial Regex LowestWord();

    [GeneratedRegex(@"\bover time\b|\btrends?\b|\bcharts?\b|\bplot\b|\bgraph\b|\bdraw\b|\bhistory\b|\btimeline\b", RegexOptions.IgnoreCase)]
    private static partial Regex OverTimeWord();

    [GeneratedRegex(@"\bp(?:50|90|95|99)\b|\bpercentiles?\b|\bmedian\b", RegexOptions.IgnoreCase)]
    private static partial Regex PercentileWord();

    [GeneratedRegex(@"^\W*(?:and|what about|how about|same|also|then|but)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Continues();
}
