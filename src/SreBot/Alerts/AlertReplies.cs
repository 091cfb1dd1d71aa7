using SreBot.Adapters.Chat;
using SreBot.Alerts.Forms;
using SreBot.Alerts.Rules;
using SreBot.Alerts.Silences;
using SreBot.Alerts.States;
using SreBot.Telemetry;

namespace SreBot.Alerts;

/// <summary>Rules and their states as people see them. Pure.</summary>
internal static class AlertReplies
{
    /// <summary>The most rows of a list.</summary>
    public const int MostListed = 50;

    public static ChatReply List(IReadOnlyList<AlertStanding> all, AlertCommand.List wanted)
    {
        var cut = AlertListing.Cut(all, wanted);
        var what = $"{(wanted.State is { } state ? $" that are {Words(state)}" : "")}{(wanted.Projects.Count > 0 ? $" in {string.Join(", ", wanted.Projects)}" : "")}";
        return (all.Count, cut.Count) switch
        {
            (0, _) => ChatReply.Of($"There are no alerts yet. For example: {AlertGrammar.Example}"),
            (_, 0) => ChatReply.Of($"None of {Count(all.Count, "alert")} is one of those{what}."),
            _ => new ChatReply { Summary = ListSummary(cut), Blocks = [ListTable(cut)] },
        };
    }

    public static string ListSummary(IReadOnlyList<AlertStanding> all)
    {
        var (muted, disabled, faulty) = (all.Count(standing => standing.SilencedUntil is not null), all.Count(standing => !standing.Rule.IsEnabled), all.Count(standing => standing.Fault is not null));
        return $"{Count(all.Count, "alert")}, {all.Count(standing => standing.Phase == AlertPhase.Triggered)} triggered{Some(muted, "muted")}{Some(disabled, "disabled")}{Some(faulty, "that cannot be evaluated")}" +
            $"{(all.Count > MostListed ? $"; the first {MostListed} are shown, cut the list with: alert list triggered, alert list in Project_1" : "")}.";
    }

    /// <summary>The first of them; what is triggered stands first when not all are shown.</summary>
    public static ReplyTable ListTable(IReadOnlyList<AlertStanding> all) => new("Alerts", ["Name", "Condition", "Projects", "State", "Since (UTC)", "Value"],
        [.. (all.Count > MostListed ? all.OrderBy(standing => standing.Phase != AlertPhase.Triggered) : all.AsEnumerable()).Take(MostListed).Select(standing => (IReadOnlyList<string>)[
            standing.Rule.Name,
            $"{AlertText.Condition(standing.Rule)} over {AlertDuration.Text(standing.Rule.Window)}{By(standing.Rule)}",
            string.Join(", ", standing.Rule.Projects),
            State(standing) + Aside(standing),
            standing.Since is { } since ? Time(since) : "",
            standing.Phase == AlertPhase.Resolved ? "" : MetricValue.Text(standing.Value, AlertText.Unit(standing.Rule)),
        ])], [5]);

    public static ChatReply Created(params IReadOnlyList<AlertRule> rules) => new()
    {
        Summary = rules.Count == 1 ? $"The alert \"{rules[0].Name}\" is set: {AlertText.Sentence(rules[0])}" : $"{Count(rules.Count, "alert")} are set: {string.Join(", ", rules.Select(rule => $"\"{rule.Name}\""))}.",
        Blocks =
        [
            .. rules.Select(rule => new ReplySection { Title = $"Alert \"{rule.Name}\" is set", Paragraphs = [AlertText.Sentence(rule), ReplyText.Of(ReplyRun.Code(AlertText.Command(rule)))] }),
            Told(rules[0], []),
        ],
    };

    public static ChatReply Edited(AlertRule before, AlertRule after) => new()
    {
        Summary = $"The alert \"{after.Name}\" is changed: {AlertText.Sentence(after)}",
        Blocks =
        [
            new ReplySection { Title = $"Alert \"{after.Name}\" is changed", Paragraphs = [AlertText.Sentence(after), ReplyText.Of(ReplyRun.Code(AlertText.Command(after)))] },
            new ReplySection
            {
                IsNote = true,
                Paragraphs = [after.ConditionVersion == before.ConditionVersion ? "It goes on from its present state." : "What it watches is another thing now, so its state starts anew; its history stays.", $"It was: {AlertText.Command(before)}"],
            },
        ],
    };

    /// <param name="subscribers">Where they are told.</param>
    public static ReplySection Told(AlertRule rule, IReadOnlyList<string> subscribers) => new()
    {
        IsNote = true,
        Paragraphs = [$"{(rule.Targets.Count == 0 ? "It opens incidents, and tells no channel" : $"It tells {string.Join(", ", rule.Targets)}")}{(subscribers.Count == 0 ? "" : $", and {Count(subscribers.Count, "subscriber")}")}."],
    };

    public static ChatReply Show(AlertView view)
    {
        var (standing, rule) = (view.Standing, view.Standing.Rule);
        var state = $"{State(standing)}{(standing.SilencedUntil is { } until ? $", muted until {Time(until)} UTC" : "")}{(rule.IsEnabled ? "" : ", disabled")}";
        return new ChatReply
        {
            Summary = $"{rule.Name}: {state}. {AlertText.Sentence(rule)}",
            Blocks =
            [
                new ReplySection
                {
                    Title = rule.Name,
                    Paragraphs =
                    [
                        $"{state}. {AlertText.Sentence(rule)}", .. standing.Fault is { } fault ? (ReplyText[])[$"It cannot be evaluated: {fault}"] : [],
                        ReplyText.Of(ReplyRun.Code(AlertText.Command(rule))), ReplyText.Of("As SQL: ", ReplyRun.Code(AlertStatement.Of(rule, view.Database))),
                    ],
                },
                .. view.Groups.Count > 1 || rule.GroupBy.Count > 0 && view.Groups.Count > 0 ? (IReadOnlyList<ReplyBlock>)[Groups(rule, view)] : [],
                .. view.History.Count == 0 ? (IReadOnlyList<ReplyBlock>)[] : [History(rule, view.History)],
                Told(rule, view.Subscribers),
                Buttons(rule, view.HasBacktests),
            ],
        };
    }

    private static ReplyTable Groups(AlertRule rule, AlertView view) => new($"State of each group{(view.HasMoreGroups ? $", the gravest {view.Groups.Count}" : "")}", ["Group", "State", "Since (UTC)", "Value"],
        [.. view.Groups.Select(group => (IReadOnlyList<string>)[group.GroupKey.Length == 0 ? "all" : group.GroupKey, Words(group.Phase), Time(group.Since), MetricValue.Text(group.Value, AlertText.Unit(rule))])], [3]);

    /// <summary>Each asks what could be written as well.</summary>
    private static ReplyButtons Buttons(AlertRule rule, bool hasBacktests)
    {
        var name = AlertWord.Write(rule.Name);
        return new ReplyButtons([new ReplyButton("Mute 1h", "ask", $"alert mute {name} 1h"), new ReplyButton("Test", "ask", $"alert test {name}"),
            .. hasBacktests ? (IReadOnlyList<ReplyButton>)[new ReplyButton("Back-test 7d", "ask", $"alert backtest {name} 7d")] : [],
            new ReplyButton("Edit", AlertForms.ButtonVerb, AlertForms.Edit(rule.Name))]);
    }

    /// <summary>Why it changed, newest first.</summary>
    public static ReplyTable History(AlertRule rule, IReadOnlyList<AlertHistoryRow> history) => new("Why it changed", ["Minute (UTC)", "Group", "Change", "Value", "Requests", "Threshold", "Window", "Rule"],
        [.. history.Select(row => (IReadOnlyList<string>)[
            Time(row.Tick),
            row.GroupKey,
            $"{Words(row.FromPhase)} → {Words(row.ToPhase)} ({Words(row.Verdict)})",
            MetricValue.Text(row.Value, AlertText.Unit(rule)),
            MetricValue.Number(row.RequestCount),
            MetricValue.Text(row.Threshold, AlertText.Unit(rule)),
            AlertDuration.Text(TimeSpan.FromMilliseconds(row.TimeWindow)),
            $"v{row.RuleVersion}",
        ])], [3, 4, 5]);

    public static ChatReply HistoryOf(AlertRule rule, IReadOnlyList<AlertHistoryRow> history) => history.Count == 0
        ? ChatReply.Of($"\"{rule.Name}\" has not changed its state yet.")
        : new ChatReply { Summary = $"The last {Count(history.Count, "state change")} of \"{rule.Name}\".", Blocks = [History(rule, history)] };

    /// <param name="name">Of a rule by its id.</param>
    public static ChatReply Silences(IReadOnlyList<Silence> silences, Func<Guid, string?> name, DateTimeOffset now) => silences.Count == 0
        ? ChatReply.Of("Nothing is silenced. For example: alert silence Project_1 for 2h because \"new disk\"")
        : new ChatReply
        {
            Summary = $"{Count(silences.Count, "silence")}, {silences.Count(silence => silence.EndOf(now) is not null)} in force now{(silences.Count > MostListed ? $"; the first {MostListed} are shown" : "")}.",
            Blocks =
            [
                new ReplyTable("Silences", ["Number", "What", "When", "In force", "Because", "By"],
                    [.. silences.Take(MostListed).Select(silence => (IReadOnlyList<string>)[
                        silence.Id.ToString(), SilenceText.What(silence, silence.AlertId is { } id ? name(id) ?? "?" : null), SilenceText.When(silence),
                        silence.EndOf(now) is { } until ? $"until {Time(until)} UTC" : "no", silence.Reason, silence.CreatedBy])], []),
            ],
        };

    public static string State(AlertStanding standing)
    {
        var groups = standing.OpenGroups > 1 || (standing.OpenGroups == 1 && standing.Rule.GroupBy.Count > 0) ? $" ({Count(standing.OpenGroups, "group")})" : "";
        return Words(AlertNames.Of(standing.Phase)) + groups;
    }

    public static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm");

    public static string Count(int number, string what) => number == 1 ? $"1 {what}" : $"{number} {what}s";

    private static string Aside(AlertStanding standing) =>
        (standing.SilencedUntil is null ? "" : ", muted") + (standing.Rule.IsEnabled ? "" : ", disabled") + (standing.Fault is null ? "" : ", cannot be evaluated");

    private static string Some(int number, string what) => number == 0 ? "" : $", {number} {what}";

    private static string By(AlertRule rule) => rule.GroupBy.Count == 0 ? "" : $" by {string.Join(", ", rule.GroupBy)}";

    private static string Words(string name) => name.Replace('_', ' ');
}
