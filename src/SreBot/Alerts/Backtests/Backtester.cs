using Microsoft.Extensions.Options;
using SreBot.Adapters.Chat;
using SreBot.Alerts.Evaluation;
using SreBot.Alerts.Rules;
using SreBot.Evidence;
using SreBot.Model;
using SreBot.Telemetry;
using SreBot.Telemetry.Sources;

namespace SreBot.Alerts.Backtests;

/// <summary>Back-tests on the record of one question: every number of the answer is in a step.</summary>
internal sealed class Backtester(
    ITelemetryStore telemetry, AlertIngest ingest, BacktestReader reader, IEnumerable<IIncidentLookup> incidents, IOptions<AlertOptions> options, IOptions<TelemetryOptions> kept)
{
    private static readonly TimeSpan Longest = TimeSpan.FromDays(30);
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    /// <summary>Values that a step keeps of the second query.</summary>
    private const int MostExact = 8000;

    /// <exception cref="SreException">Invalid: longer than 30 days or than the telemetry is kept; Forbidden: not the scope's projects.</exception>
    public async Task<ToolResult> RunAsync(ToolContext context, AlertRule rule, TimeSpan past, CancellationToken cancel)
    {
        var plan = await PlanAsync(context.Scope, rule, past, context.Now, PercentileMarks.Of(rule), cancel);
        context.Progress.Report($"Running \"{rule.Name}\" over {Figures.Length(plan.To - plan.From)}");
        var result = BacktestResult.Of(rule, await reader.ReadAsync(plan, cancel), await IncidentsAsync(context.Scope, plan, cancel));
        var (exact, points) = plan.Marks is null ? (null, BacktestChart.Points(result)) : await ExactAsync(context, result, cancel);
        result = exact is null ? result : result with { Episodes = [.. result.Episodes.Select(episode => Exactly(episode, exact.Value.Values))] };
        return await AnswerAsync(context, result, exact?.Step, points, cancel);
    }

    /// <summary>Thresholds worth setting, instead of the rule's own.</summary>
    /// <exception cref="SreException">As <see cref="RunAsync"/>; Invalid too for a comparator that has no direction.</exception>
    public async Task<ToolResult> SuggestAsync(ToolContext context, AlertRule rule, TimeSpan past, CancellationToken cancel)
    {
        if (rule.Comparator is not (AlertComparator.Greater or AlertComparator.GreaterOrEqual or AlertComparator.Less or AlertComparator.LessOrEqual))
            throw new SreException(SreErrorKind.Invalid, "A threshold can be suggested for >, >=, < and <=.");

        var plan = await PlanAsync(context.Scope, rule, past, context.Now, null, cancel);
        context.Progress.Report($"Trying thresholds over {Figures.Length(plan.To - plan.From)}");
        var labelled = (await IncidentsAsync(context.Scope, plan, cancel)).Where(incident => rule.Id == Guid.Empty || incident.Facts.AlertId != rule.Id).ToList(); // what it opened itself says nothing of it
        var levels = PercentileMarks.Of(rule) is null ? [] : await MarksAsync(plan, cancel);
        var data = await reader.ReadAsync(plan with { Marks = levels.Count == 0 ? null : MarksOf(rule, levels) }, cancel);
        var candidates = levels.Count > 0 ? levels : ThresholdCandidates.Of(rule, ThresholdCandidates.Usual(rule, data.Series), ThresholdCandidates.Peaks(rule, data.Series, labelled));
        var trials = ThresholdSweep.Try(rule, data, labelled, candidates);
        return await AnswerAsync(context, rule, data, labelled, trials, cancel);
    }

    /// <summary>The stretch up to the last complete minute, as far back as the telemetry has whole windows.</summary>
    public async Task<BacktestPlan> PlanAsync(AccessScope scope, AlertRule rule, TimeSpan past, DateTimeOffset now, PercentileMarks? marks, CancellationToken cancel)
    {
        if (past < Minute || past > Longest)
            throw new SreException(SreErrorKind.Invalid, "A back-test looks back from 1 minute to 30 days; ask for example for 7d.");
        if (rule.Projects.Except(scope.Projects).FirstOrDefault() is { } outside)
            throw new SreException(SreErrorKind.Forbidden, $"There is no {outside} that you can see here.");

        var to = (await ingest.FrontierAsync(scope.TelemetryDatabase, lastTick: null, now, options.Value, cancel)).At;
        var from = BacktestPlan.Floor(to - past, Minute);
        if (telemetry.ModeOf(scope.TelemetryDatabase) == SourceMode.Own)
            from = Within(rule, past, from, to, now);
        return BacktestPlan.Of(rule, scope.CutTo(rule.Projects), from, to, now, marks);
    }

    private DateTimeOffset Within(AlertRule rule, TimeSpan past, DateTimeOffset from, DateTimeOffset to, DateTimeOffset now)
    {
        var days = kept.Value.RetentionDays;
        if (past > TimeSpan.FromDays(days))
            throw new SreException(SreErrorKind.Invalid, $"The telemetry is kept for {days} days (Telemetry:RetentionDays); ask for {days}d or less.");

        var first = BacktestPlan.Floor(now.AddDays(-days) + rule.Window, Minute);
        if (first >= to)
            throw new SreException(SreErrorKind.Invalid, $"The telemetry is kept for {days} days (Telemetry:RetentionDays), no longer than the rule's window, so there is nothing to run it over.");

        return from > first ? from : first;
    }

    private async Task<IReadOnlyList<BacktestIncident>> IncidentsAsync(AccessScope scope, BacktestPlan plan, CancellationToken cancel) => incidents.FirstOrDefault() is { } lookup
        ? BacktestIncident.Of(await lookup.RecentAsync(scope, BacktestIncident.Most, cancel), plan.Rule, plan.From, plan.To) : [];

    /// <summary>The values to show: counting told where a percentile lies among the thresholds, not what it is.</summary>
    private static async Task<((RecordedStep Step, IReadOnlyDictionary<(string, DateTimeOffset), double?> Values)?, IReadOnlyList<BacktestPoint>)> ExactAsync(ToolContext context, BacktestResult result, CancellationToken cancel)
    {
        var plan = result.Data.Plan;
        var windows = (int)Math.Clamp(result.Length / plan.Rule.Window, 12, 150);
        var drawn = BacktestChart.Points(result, windows);
        IEnumerable<DateTimeOffset> common = drawn.GroupBy(point => (int)((point.Tick - plan.From) / (result.Length / windows))).Select(stretch => stretch.OrderByDescending(point => point.Value).First().Tick);
        var ticks = result.Episodes.SelectMany(episode => new[] { episode.From, episode.WorstTick }).Concat(common).Distinct().Take(Math.Max(1, Math.Min(2 * windows, MostExact / Math.Max(1, result.Data.Series.Count)))).ToList();
        if (result.Data.Series.Count == 0 || ticks.Count == 0)
            return (null, drawn);

        var step = await context.Steps.ReadAsync($"{plan.Rule.Measure.Metric.Title} {plan.Aggregate.Name} over {AlertDuration.Text(plan.Rule.Window)} at {BacktestReplies.Count(ticks.Count, "tick")} that matter", plan.Scope,
            BacktestQuery.At(plan, ticks), cancel);
        var values = BacktestExact.Values(plan.Rule, step.Table);
        var groups = drawn.Select(point => point.GroupKey).Distinct().ToList();
        return ((step, values), [.. groups.SelectMany(group => ticks.Order().Select(tick => new BacktestPoint(group, tick, values.GetValueOrDefault((group, tick)), 0)))]);
    }

    private static BacktestEpisode Exactly(BacktestEpisode episode, IReadOnlyDictionary<(string, DateTimeOffset), double?> values) => episode with
    {
        Value = episode is { IsRead: true, Value: not null } ? values.GetValueOrDefault((episode.GroupKey, episode.From)) : episode.Value,
        Worst = episode.IsRead || episode.WorstTick != episode.From ? values.GetValueOrDefault((episode.GroupKey, episode.WorstTick)) : episode.Worst,
    };

    private static async Task<ToolResult> AnswerAsync(ToolContext context, BacktestResult result, RecordedStep? exact, IReadOnlyList<BacktestPoint> points, CancellationToken cancel)
    {
        var summary = BacktestReplies.Summary(result);
        var (steps, plan) = (context.Steps, result.Data.Plan);
        var read = exact ?? await steps.KeepAsync($"Which values did {AlertText.Condition(result.Rule)} judge?", plan.Scope, result.Data.Sql, BacktestTables.Points(points), cancel);
        read.Conclusion ??= "The worst value of each stretch; the rule judged every tick.";
        var fired = await steps.KeepAsync("When would it have fired?", plan.Scope, plan.Marks is null ? $"the alert's verdict and state machine over step {read.Number}" : result.Data.Sql, BacktestTables.Episodes(result), cancel);
        var figures = await steps.KeepAsync("How often, and beside which incidents?", plan.Scope, $"counted from step {fired.Number}", BacktestTables.Figures(result), cancel);
        var known = await steps.KeepAsync("Which incidents were there?", plan.Scope, $"incidents of {string.Join(", ", result.Rule.Projects)}", BacktestTables.Incidents(result.Known, result.Caught), cancel);
        fired.Conclusion = figures.Conclusion = summary;
        List<ReplyBlock> blocks = [BacktestReplies.Section(result, summary)];
        if (points.Count > 0)
            blocks.Add(BacktestChart.Of(result, points, summary));
        if (result.Episodes.Count > 0)
            blocks.Add(BacktestReplies.Episodes(result));
        if (result.Known.Count > 0)
            blocks.Add(BacktestReplies.Incidents(result));
        blocks.AddRange([BacktestReplies.Note(plan), StepLinks.Source(steps, read, fired, figures, known)]);
        return new ToolResult(summary, blocks, new
        {
            rule = AlertText.Sentence(result.Rule), plan.From, plan.To, episodes = result.Episodes.Take(50), fired = result.Episodes.Count, triggeredMinutes = result.Triggered.TotalMinutes,
            result.Retriggered, result.Returned, incidents = result.Known.Count, caught = result.Caught.Count, besideNoIncident = result.Alone.Count,
        });
    }

    /// <summary>Where requests lie, and so any percentile of them.</summary>
    private async Task<IReadOnlyList<double>> MarksAsync(BacktestPlan plan, CancellationToken cancel)
    {
        var column = PercentileMarks.Of(plan.Rule)!.Column;
        await using var found = await telemetry.ReadAsync(plan.Scope, BacktestQuery.Spread(plan, column, [0.25, 0.5, 0.75, 0.9, 0.95, 0.98, 0.99, 0.995, 0.999, 0.9999]), cancel);
        return await found.ReadAsync(cancel) ? ThresholdCandidates.Of(plan.Rule, found.GetFieldValue<double[]>(0), []) : [];
    }

    private static PercentileMarks MarksOf(AlertRule rule, IReadOnlyList<double> thresholds) => PercentileMarks.Of(rule.Measure.Aggregate, thresholds.SelectMany(threshold =>
    {
        var isStrict = rule.Comparator is AlertComparator.Greater or AlertComparator.LessOrEqual;
        return ThresholdSweep.With(rule, threshold).RecoveryThreshold is { } recovery
            ? [new PercentileMark(threshold, isStrict), new PercentileMark(recovery, rule.Comparator.IsBelow())]
            : new[] { new PercentileMark(threshold, isStrict) };
    }))!;

    private static async Task<ToolResult> AnswerAsync(ToolContext context, AlertRule rule, BacktestData data, IReadOnlyList<BacktestIncident> labelled, IReadOnlyList<ThresholdTrial> trials, CancellationToken cancel)
    {
        var (plan, length) = (data.Plan, data.Plan.To - data.Plan.From);
        var suggestions = labelled.Count > 0 ? ThresholdSweep.ByIncidents(trials, labelled.Count) : ThresholdSweep.ByQuiet(trials, length);
        var summary = BacktestReplies.Suggested(rule, suggestions, labelled.Count, length);
        var tried = await context.Steps.KeepAsync("What would each threshold have done?", plan.Scope, data.Sql, BacktestTables.Trials(trials), cancel);
        var known = await context.Steps.KeepAsync("Which incidents were there?", plan.Scope, $"incidents of {string.Join(", ", rule.Projects)}", BacktestTables.Incidents(labelled, null), cancel);
        tried.Conclusion = summary;
        List<ReplyBlock> blocks = [new ReplySection { Title = "Thresholds", Paragraphs = [summary] }];
        if (suggestions.Count > 0)
        {
            blocks.Add(BacktestReplies.Suggestions(rule, suggestions, labelled.Count, length));
            if (rule.Id == Guid.Empty)
                blocks.Add(new ReplySection { Paragraphs = [ReplyText.Of("As a command: ", ReplyRun.Code($"alert {Command(ThresholdSweep.With(rule, suggestions[0].Threshold))}"))] });
        }

        blocks.AddRange([BacktestReplies.Note(plan), StepLinks.Source(context.Steps, tried, known)]);
        return new ToolResult(summary, blocks, new
        {
            plan.From, plan.To, incidents = labelled.Count,
            suggestions = suggestions.Select(one => new { one.Threshold, one.Trial.Caught, falseAWeek = BacktestReplies.Weekly(one, length), one.Why }),
        });
    }

    private static string Command(AlertRule draft) => AlertText.Command(draft with { Name = AlertText.Name(draft) });
}
