using SreBot.Adapters.Chat;
using SreBot.Alerts.Rules;
using SreBot.Alerts.States;
using SreBot.Telemetry;

namespace SreBot.Alerts;

/// <summary>Rules and their states as people see them. Pure.</summary>
internal static class AlertReplies
{
    public static ChatReply List(IReadOnlyList<AlertStanding> all) => all.Count == 0
        ? ChatReply.Of($"There are no alerts yet. For example: {AlertGrammar.Example}")
        : new ChatReply { Summary = ListSummary(all), Blocks = [ListTable(all)] };

    public static string ListSummary(IReadOnlyList<AlertStanding> all) =>
        $"{Count(all.Count, "alert")}, {all.Count(standing => standing.Phase == AlertPhase.Triggered)} triggered.";

    public static ReplyTable ListTable(IReadOnlyList<AlertStanding> all) => new("Alerts", ["Name", "Condition", "Projects", "State", "Since (UTC)", "Value"],
        [.. all.Select(standing => (IReadOnlyList<string>)[
            standing.Rule.Name,
            $"{AlertText.Condition(standing.Rule)} over {AlertDuration.Text(standing.Rule.Window)}{By(standing.Rule)}",
            string.Join(", ", standing.Rule.Projects),
            State(standing),
            standing.Since is { } since ? Time(since) : "",
            standing.Phase == AlertPhase.Resolved ? "" : MetricValue.Text(standing.Value, AlertText.Unit(standing.Rule)),
        ])], [5]);

    public static ChatReply Created(AlertRule rule) => new()
    {
        Summary = $"The alert \"{rule.Name}\" is set: {AlertText.Sentence(rule)}",
        Blocks =
        [
            new ReplySection { Title = $"Alert \"{rule.Name}\" is set", Paragraphs = [AlertText.Sentence(rule), ReplyText.Of(ReplyRun.Code(AlertText.Command(rule)))] },
            Told(rule),
        ],
    };

    public static ReplySection Told(AlertRule rule) => new()
    {
        IsNote = true,
        Paragraphs = [rule.Targets.Count == 0 ? "It opens incidents, and tells no channel." : $"It tells {string.Join(", ", rule.Targets)}."],
    };

    public static ChatReply Show(AlertStanding standing, IReadOnlyList<AlertHistoryRow> history)
    {
        var muted = standing.SilencedUntil is { } until ? $", muted until {Time(until)} UTC" : "";
        return new ChatReply
        {
            Summary = $"{standing.Rule.Name}: {State(standing)}{muted}. {AlertText.Sentence(standing.Rule)}",
            Blocks =
            [
                new ReplySection
                {
                    Title = standing.Rule.Name,
                    Paragraphs = [$"{State(standing)}{muted}. {AlertText.Sentence(standing.Rule)}", ReplyText.Of(ReplyRun.Code(AlertText.Command(standing.Rule)))],
                },
                .. history.Count == 0 ? (IReadOnlyList<ReplyBlock>)[] : [History(standing.Rule, history)],
                Told(standing.Rule),
            ],
        };
    }

    /// <summary>Why it changed, newest first.</summary>
    public static ReplyTable History(AlertRule rule, IReadOnlyList<AlertHistoryRow> history) => new("Why it changed", ["Minute (UTC)", "Group", "Change", "Value", "Requests", "Threshold", "Window"],
        [.. history.Select(row => (IReadOnlyList<string>)[
            Time(row.Tick),
            row.GroupKey,
            $"{Words(row.FromPhase)} → {Words(row.ToPhase)} ({Words(row.Verdict)})",
            MetricValue.Text(row.Value, AlertText.Unit(rule)),
            MetricValue.Number(row.RequestCount),
            MetricValue.Text(row.Threshold, AlertText.Unit(rule)),
            AlertDuration.Text(TimeSpan.FromMilliseconds(row.TimeWindow)),
        ])], [3, 4, 5]);

    public static string State(AlertStanding standing)
    {
        var groups = standing.OpenGroups > 1 || (standing.OpenGroups == 1 && standing.Rule.GroupBy.Count > 0) ? $" ({Count(standing.OpenGroups, "group")})" : "";
        return Words(AlertNames.Of(standing.Phase)) + groups;
    }

    public static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm");

    private static string By(AlertRule rule) => rule.GroupBy.Count == 0 ? "" : $" by {string.Join(", ", rule.GroupBy)}";

    private static string Words(string name) => name.Replace('_', ' ');

    private static string Count(int number, string what) => number == 1 ? $"1 {what}" : $"{number} {what}s";
}
