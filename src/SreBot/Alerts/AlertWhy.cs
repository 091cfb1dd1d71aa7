using SreBot.Adapters.Chat;
using SreBot.Alerts.Rules;
using SreBot.Evidence;
using SreBot.Model;
using SreBot.Telemetry;

namespace SreBot.Alerts;

/// <summary>Answers why a rule fired, from what the evaluator wrote down, with the requests of that time beside it.</summary>
internal sealed class AlertWhy(AlertStore store, AlertHistory history, WindowReader windows)
{
    private const int Shown = 20;
    private const int MostPoints = 120;

    /// <param name="time">As people write it; null: the last time that it fired.</param>
    public async Task<ToolResult> RunAsync(ToolContext context, string name, string? time, CancellationToken cancel)
    {
        var standing = await store.FindAsync(context.Scope, name, cancel);
        var rule = standing.Rule;
        var window = time is null ? null : (await windows.ResolveAsync(context, time, null, cancel)).Window;
        var rows = window is null ? await history.LastAsync(context.Scope, rule, Shown, cancel) : await history.WithinAsync(context.Scope, rule, window, Shown, cancel);
        var step = await context.Steps.KeepAsync($"Why did \"{rule.Name}\" change its state?", context.Scope, $"state changes of the alert \"{rule.Name}\"", Table(rows), cancel);
        var fired = Fired(rows, window);
        var summary = fired is null ? NotFired(standing, window) : Sentence(rule, fired);
        step.Conclusion = summary;
        var (chart, read) = fired is null ? (null, null) : await ChartAsync(context, rule, fired, cancel);
        var steps = read is null ? [step] : new[] { step, read };
        IEnumerable<ReplyBlock> blocks =
        [
            new ReplySection { Title = rule.Name, Paragraphs = [summary, AlertText.Sentence(rule)] },
            .. chart is null ? (IEnumerable<ReplyBlock>)[] : [chart],
            .. rows.Count == 0 ? (IEnumerable<ReplyBlock>)[] : [AlertReplies.History(rule, rows)],
            StepLinks.Source(context.Steps, steps),
        ];
        return new ToolResult(summary, [.. blocks], new { rule.Name, state = AlertReplies.State(standing), rule = AlertText.Sentence(rule), changes = rows });
    }

    /// <summary>Of several, the one nearest to the time that was asked about.</summary>
    private static AlertHistoryRow? Fired(IReadOnlyList<AlertHistoryRow> rows, TimeWindow? window)
    {
        var fired = rows.Where(row => row.ToPhase == "triggered");
        return window is null ? fired.FirstOrDefault() : fired.MinBy(row => (new DateTimeOffset(row.Tick) - (window.From + (window.Length / 2))).Duration());
    }

    private static string NotFired(AlertStanding standing, TimeWindow? window) =>
        $"\"{standing.Rule.Name}\" has not fired{(window is null ? "" : $" between {AlertReplies.Time(window.From)} and {AlertReplies.Time(window.To)} UTC")}; it is {AlertReplies.State(standing)}.";

    private static string Sentence(AlertRule rule, AlertHistoryRow fired)
    {
        var where = fired.GroupKey.Length == 0 ? "" : $" for {fired.GroupKey}";
        var edited = fired.RuleVersion == rule.Version ? "" : $" That was version {fired.RuleVersion} of the rule; it is version {rule.Version} now.";
        return $"\"{rule.Name}\" fired{where} at {AlertReplies.Time(fired.Tick)} UTC: {rule.Metric} {rule.Aggregate} was " +
            $"{MetricValue.Text(fired.Value, AlertText.Unit(rule))} over {AlertDuration.Text(TimeSpan.FromMilliseconds(fired.TimeWindow))} ({fired.RequestCount} requests), " +
            $"against a threshold of {MetricValue.Text(fired.Threshold, AlertText.Unit(rule))}.{edited}";
    }

    private static async Task<(ReplyChart? Chart, RecordedStep? Read)> ChartAsync(ToolContext context, AlertRule rule, AlertHistoryRow fired, CancellationToken cancel)
    {
        var (tick, length) = (new DateTimeOffset(fired.Tick), TimeSpan.FromMilliseconds(fired.TimeWindow));
        var around = length > TimeSpan.FromMinutes(30) ? length : TimeSpan.FromMinutes(30);
        var window = new TimeWindow(tick - length - around, tick + around > context.Now ? context.Now : tick + around);
        var step = TimeSpan.FromMinutes(Math.Max(1, Math.Ceiling(window.Length.TotalMinutes / MostPoints)));
        IReadOnlyList<DimensionCondition> filter = [.. rule.Filter, .. AlertGroup.Conditions(fired.GroupKey)];
        context.Progress.Report($"Reading {rule.Measure.Metric.Title} around {AlertReplies.Time(tick)} UTC");
        var of = $"{rule.Measure.Metric.Title} {rule.Aggregate} of {(filter.Count > 0 ? FilterText.Describe(filter) : string.Join(", ", rule.Projects))}";
        var read = await context.Steps.ReadAsync($"{of} by {Figures.Length(step)}", context.Scope.CutTo(rule.Projects), MetricQueries.Series(rule.Measure.Aggregate, window, step, filter), cancel);
        var points = Enumerable.Range(0, read.Table.Rows.Count).Select(row => new ReplyPoint(read.Table.Time(row, "at"), rule.Value(read.Table.Number(row, "value") is var value && double.IsNaN(value) ? null : value))).ToList();
        if (points.Count == 0)
            return (null, read);

        read.Conclusion = $"{points.Count} points around {AlertReplies.Time(tick)} UTC.";
        return (new ReplyChart(of, AlertText.Unit(rule), $"{of} around {AlertReplies.Time(tick)} UTC, when \"{Short(rule.Name)}\" fired.", [new ReplySeries(of, points)])
        {
            Threshold = fired.Threshold,
            Highlight = new ReplySpan(tick - length, tick, "the window"),
        }, read);
    }

    private static StepTable Table(IReadOnlyList<AlertHistoryRow> rows) =>
        new(["tick", "group", "from", "to", "verdict", "value", "requests", "threshold", "window_ms", "rule_version", "notified"],
            [.. rows.Select(row => (IReadOnlyList<object?>)[
                new DateTimeOffset(row.Tick), row.GroupKey, row.FromPhase, row.ToPhase, row.Verdict, row.Value, row.RequestCount, row.Threshold, row.TimeWindow,
                (long)row.RuleVersion, row.Notified])]);

    private static string Short(string name) => name.Length <= 100 ? name : name[..99] + "…";
}
