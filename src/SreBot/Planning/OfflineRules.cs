using SreBot.Evidence;
using SreBot.Model;
using static SreBot.Planning.IntentWords;

namespace SreBot.Planning;

/// <summary>Reads a question by rules, the first that fits; pure. The same tools that a model would choose from.</summary>
internal static class OfflineRules
{
    private static readonly IReadOnlyList<Func<QuestionWords, Asked?>> Rules =
    [
        Backtest, Threshold,
        Help, Thanks, DeleteAlert, NotMine, CreateAlert, Subscribe, MuteAlert, ExplainAlert, ListAlerts, Acknowledge, Resolve, RecentIncidents, ShowIncident, BlameChange, Among, Compare, Swing, Changes, Top, HowMuch, Why,
        OverTime, Percentiles, Metric, Entity,
    ];

    /// <param name="earlier">The questions before in the thread, oldest first, for one that leaves out what it is about.</param>
    /// <param name="tools">Those that there are; a rule for another one is passed over.</param>
    public static OfflineCall Read(string question, IReadOnlyList<string> earlier, IReadOnlyCollection<string> tools)
    {
        Asked? then = null;
        foreach (var said in earlier)
        {
            then = Next(then, said, tools) is { Tool: not null } asked ? asked : then;
        }

        return (Next(then, question, tools) ?? new Asked()).ToCall();
    }

    private static Asked? Next(Asked? then, string question, IReadOnlyCollection<string> tools)
    {
        var words = new QuestionWords(question);
        var now = Rules.Select(rule => rule(words)).FirstOrDefault(asked => asked is not null && (asked.Tool is null || tools.Contains(asked.Tool)));
        if (then is null || now?.Text is not null || !FollowUp.Continues(words, now))
            return now is { IsWhole: true } ? now : null;

        if (now is null && words.Terms.Count == 0 && words.Times.Count == 0 && words.Kind is null && words.Aggregate is null && words.Count is null && !LowestWord().IsMatch(words.Text))
            return null; // it says nothing that could be carried on

        var merged = FollowUp.Merge(then, now ?? Of(words, null), words);
        return merged is { IsWhole: true, Tool: { } tool } && tools.Contains(tool) ? merged : null;
    }

    private static Asked Of(QuestionWords words, string? tool, bool isWeak = false) => new()
    {
        Tool = tool,
        IsWeak = isWeak,
        Incident = words.Incident,
        Terms = words.Terms,
        Metric = words.Metric,
        Aggregate = words.Aggregate,
        Window = words.Window ?? (tool == "compare_windows" ? null : words.Past),
        Kind = words.Kind,
        Count = words.Count,
        IsLowest = LowestWord().IsMatch(words.Rest),
    };

    private static Asked? Say(bool fits, string text) => fits ? new Asked { Text = text } : null;

    /// <summary>Without a name it means the one spoken of, or the only one.</summary>
    private static Asked? Backtest(QuestionWords words) => BacktestWord().Match(words.Rest) is not { Success: true } match ? null
        : Of(words, "backtest_alert") with { Alert = Named(match), Window = words.Window ?? words.Past ?? (match.Groups["past"].Success ? match.Groups["past"].Value : null) };

    private static Asked? Threshold(QuestionWords words) => ThresholdWord().IsMatch(words.Rest) && !CreateAlertWord().IsMatch(words.Text)
        ? Of(words, "suggest_threshold") with { Alert = ThresholdOfWord().Match(words.Rest) is { Success: true } match ? Named(match) : null } : null;

    private static string? Named(System.Text.RegularExpressions.Match match) => Name(match) is { Length: > 0 } name ? name : null;

    private static Asked? Help(QuestionWords words) => Say(HelpWord().IsMatch(words.Text) || (GreetingWord().IsMatch(words.Text) && words.Length <= 3), HelpText.Capabilities);

    private static Asked? Thanks(QuestionWords words) => Say(ThanksWord().IsMatch(words.Text) && words is { Length: <= 4, Metric: null, Times.Count: 0, Terms.Count: 0 }, HelpText.Welcome);

    private static Asked? NotMine(QuestionWords words) => Say(NotMineWord().IsMatch(words.Text), HelpText.NotMine);

    private static Asked? CreateAlert(QuestionWords words) => !CreateAlertWord().IsMatch(words.Text) ? null
        : WishWords.Wish(words) is { } wish ? Of(words, "create_alert") with { Wish = wish } : Say(true, HelpText.CreateAlert);

    private static Asked? DeleteAlert(QuestionWords words) => DeleteAlertWord().Match(words.Text) is { Success: true } match ? Of(words, "delete_alert") with { Alert = Name(match) } : null;

    private static Asked? Subscribe(QuestionWords words) => SubscribeWord().Match(words.Text) is { Success: true } match ? Of(words, "subscribe_to_alert") with { Alert = Name(match) } : null;

    /// <summary>An incident is snoozed, a project's alerts are silenced, one alert is muted, whichever of the words is used.</summary>
    private static Asked? MuteAlert(QuestionWords words) => MuteWord().Match(words.Text) is not { Success: true } match ? null
        : words.Incident is not null ? Of(words, "snooze_incident") with { Minutes = Minutes(match) }
        : words.Terms is [{ Dimension: "project_id" } project] && string.Equals(Name(match).Replace(' ', '_').Replace('-', '_'), project.Value, StringComparison.OrdinalIgnoreCase)
            ? Of(words, "silence_alerts") with { Wish = [("what", $"{project.Value} for {Minutes(match) ?? 60}m")] }
            : Of(words, "mute_alert") with { Alert = Name(match), Minutes = Minutes(match) };

    private static Asked? ExplainAlert(QuestionWords words)
    {
        if (ExplainAlertWord().Match(words.Text) is not { Success: true } match)
            return null;

        var name = words.Window is { } window ? Name(match).Replace(window, "", StringComparison.OrdinalIgnoreCase).Trim() : Name(match);
        return Of(words, "explain_alert") with { Alert = name, Window = words.Window ?? words.Past };
    }

    private static Asked? ListAlerts(QuestionWords words) => ListAlertsWord().IsMatch(words.Rest) && !CauseWord().IsMatch(words.Text) ? Of(words, "list_alerts") : null;

    private static Asked? Acknowledge(QuestionWords words) => AcknowledgeWord().IsMatch(words.Rest) && IsOneIncident(words) && !AsksAfter().IsMatch(words.Text) ? Of(words, "acknowledge_incident") : null;

    private static Asked? Resolve(QuestionWords words) => ResolveWord().IsMatch(words.Rest) && IsOneIncident(words) ? Of(words, "resolve_incident") : null;

    private static bool IsOneIncident(QuestionWords words) => words.Incident is not null || PronounWord().IsMatch(words.Rest);

    private static Asked? RecentIncidents(QuestionWords words) => words.Incident is null && IncidentsWord().IsMatch(words.Rest) && !CauseWord().IsMatch(words.Text)
        ? Of(words, "recent_incidents") with { Count = IncidentCount().Match(words.Text) is { Success: true } match ? int.Parse(match.Groups["count"].Value) : null } : null;

    /// <summary>One incident: its cause where that is asked for, itself else.</summary>
    private static Asked? ShowIncident(QuestionWords words) => words.Incident is null ? null : WhyWord().IsMatch(words.Rest) ? Of(words, "explain_cause") : Of(words, "find_incident", isWeak: true);

    /// <summary>Whether a deploy broke something: what happened since it.</summary>
    private static Asked? BlameChange(QuestionWords words) => !BlameWord().IsMatch(words.Rest) || BlamedWord().Match(words.Rest) is not { Success: true } match ? null
        : Of(words, "explain_cause") with { Terms = [.. words.Terms.Where(term => term.Dimension is not ("version" or FilterText.AnyDimension or "service"))], Window = words.Window ?? Since(match) };

    private static Asked? Among(QuestionWords words)
    {
        if (words.Incident is not null)
            return null;

        if (words.Several is { } values)
            return Of(words, "top_servers") with { Kind = FilterText.Plain(values.Key), Among = string.Join(", ", values), Terms = [.. words.Terms.Where(term => term.Dimension != values.Key)] };

        var names = words.Terms.Where(term => term.Dimension == FilterText.AnyDimension).Select(term => term.Value).ToList();
        return names.Count < 2 || !CompareWord().IsMatch(words.Rest) ? null
            : Of(words, "top_servers") with { Kind = words.Kind ?? "service", Among = string.Join(", ", names), Terms = [.. words.Terms.Where(term => term.Dimension != FilterText.AnyDimension)] };
    }

    private static Asked? Compare(QuestionWords words) => words.Incident is not null || CauseWord().IsMatch(words.Text) || !(CompareWord().IsMatch(words.Text) || (words.Metric is not null && MoveWord().IsMatch(words.Rest) && AsksWhether().IsMatch(words.Text))) ? null
        : Of(words, "compare_windows") with { Window = words.Times.Count > 1 && words.Window == words.Past ? words.Times[0] : words.Window, Before = words.Past };

    private static Asked? Swing(QuestionWords words) => SwingWord().IsMatch(words.Rest) && !CauseWord().IsMatch(words.Text) ? Of(words, "largest_swing") : null;

    private static Asked? Changes(QuestionWords words) => ChangesWord().IsMatch(words.Rest) && words.Metric is null && !CauseWord().IsMatch(words.Text) && !words.Terms.Any(term => term.Dimension is "server_id" or "project_id" or "endpoint" or "region" or "platform")
        ? Of(words, "recent_changes") : null;

    private static Asked? Top(QuestionWords words)
    {
        if (TalkerWord().IsMatch(words.Rest))
            return Of(words, "top_servers") with { Kind = words.Kind ?? "project", Metric = words.Metric ?? "requests" };
        if (NeighbourWord().IsMatch(words.Rest))
            return Of(words, "top_servers") with { Kind = "server", Metric = words.Metric ?? "cpu" };

        return words.Kind is null || CauseWord().IsMatch(words.Text) || !(TopWord().IsMatch(words.Rest) || ByKind().IsMatch(words.Rest)) || SinceEver().IsMatch(words.Rest) ? null
            : Of(words, "top_servers") with { Metric = words.Metric ?? (words.Length <= 3 ? null : "latency") };
    }

    private static Asked? HowMuch(QuestionWords words) => HowMuchWord().IsMatch(words.Text) && words.Metric is not null && !CauseWord().IsMatch(words.Text) ? Percentiles(words) ?? Of(words, "metric_over_time") : null;

    private static Asked? Why(QuestionWords words) => WhyWord().IsMatch(words.Rest) || StateWord().IsMatch(words.Rest) || HealthWord().IsMatch(words.Text)
        ? Of(words, "explain_cause") with { Window = NowWord().IsMatch(words.Window ?? "") ? null : words.Window ?? words.Past } : null;

    private static Asked? OverTime(QuestionWords words) => OverTimeWord().IsMatch(words.Rest) ? Of(words, "metric_over_time") : null;

    private static Asked? Percentiles(QuestionWords words) => words.Metric == "latency" && MetricWords.AsksPercentile(words.Rest) ? Of(words, "percentiles", isWeak: true) : null;

    private static Asked? Metric(QuestionWords words) => words.Metric is not null ? Of(words, "metric_over_time", isWeak: true) : null;

    /// <summary>A server, a project or a bare name and nothing else: how is it?</summary>
    private static Asked? Entity(QuestionWords words) => words.Terms.Any(term => term.Dimension != FilterText.AnyDimension) || (words.Terms.Count > 0 && words.Length <= 3) ? Of(words, "explain_cause", isWeak: true) : null;

    private static string Name(System.Text.RegularExpressions.Match match) => match.Groups["name"].Value.Trim().Trim('"', '\'', '?', '.', '!', ' ') switch { "this" or "that" or "them" => "it", var name => name };

    private static int? Minutes(System.Text.RegularExpressions.Match match)
    {
        if (!match.Groups["unit"].Success)
            return null;

        var count = match.Groups["count"].Value.ToLowerInvariant() switch { "" or "a" or "an" or "one" => 1, "two" => 2, "half an" => 0.5, var digits => int.Parse(digits) };
        return (int)Math.Clamp(count * (char.ToLowerInvariant(match.Groups["unit"].Value[0]) switch { 'h' => 60, 'd' => 1440, 'w' => 10_080, _ => 1 }), 1, 43_200);
    }

    private static string Since(System.Text.RegularExpressions.Match match)
    {
        var service = match.Groups["service"].Value is { Length: > 0 } named && !PlainWords.Has(named) ? $"{named} " : "";
        return match.Groups["version"] is { Success: true, Value: var version } ? $"since {service}{version}" : $"since the {service}{match.Groups["what"].Value.ToLowerInvariant()}";
    }
}
