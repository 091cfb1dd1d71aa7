using System.ComponentModel;
using SreBot.Alerts.Rules;
using SreBot.Evidence;
using SreBot.Model;
using SreBot.Telemetry;

namespace SreBot.Alerts.Backtests;

/// <summary>The back-test's tools, bound to one question.</summary>
internal sealed class BacktestTools(Backtester backtester, AlertStore store, WindowReader windows, ToolContext context)
{
    private const string PastHelp = "how far back, such as 7d, last week or yesterday, at most 30 days; 7 days when left out";
    private const string NameHelp = "The rule's name; omit for a rule that is not set yet";
    private const string MetricHelp = "latency, error_rate, requests, cost, cpu or memory; without a name";
    private const string FilterHelp = "such as: project = Project_1 and region = eu-west-1";

    private static readonly TimeSpan Usual = TimeSpan.FromDays(7);
    private static readonly TimeSpan Longest = TimeSpan.FromDays(30);

    [Description("Tells when an alert rule would have fired over past days: episodes, flapping, incidents caught and missed.")]
    public async Task<ToolResult> BacktestAlertAsync(
        [Description(NameHelp)] string? name = null, [Description(PastHelp)] string? past = null, [Description(MetricHelp)] string? metric = null,
        [Description("Such as max, p95, mean, sum, rate")] string? aggregate = null, [Description(">, >=, < or <=")] string comparator = ">=",
        [Description("In the metric's unit; without a name")] double? threshold = null, [Description("Window in whole minutes")] int windowMinutes = 5,
        [Description(FilterHelp)] string? filter = null, [Description("a dimension such as server: a state for each value")] string? by = null, CancellationToken cancel = default)
    {
        var length = await PastAsync(past, cancel);
        if (!string.IsNullOrWhiteSpace(name) || metric is null || threshold is null)
            return await backtester.RunAsync(context, await StoredAsync(name, cancel), length, cancel);

        return await backtester.RunAsync(context, await DraftAsync(metric, aggregate, comparator, threshold.Value, windowMinutes, filter, by, cancel), length, cancel);
    }

    [Description("Suggests thresholds for an alert: those that would have caught the incidents of past days with the fewest false ones.")]
    public async Task<ToolResult> SuggestThresholdAsync(
        [Description(NameHelp)] string? name = null, [Description(PastHelp)] string? past = null, [Description(MetricHelp)] string? metric = null,
        [Description("Such as max, p95, mean, sum, rate")] string? aggregate = null, [Description(">, >=, < or <=")] string comparator = ">=",
        [Description("Window in whole minutes")] int windowMinutes = 5, [Description(FilterHelp)] string? filter = null,
        [Description("a dimension such as server: a state for each value")] string? by = null, CancellationToken cancel = default)
    {
        var length = await PastAsync(past, cancel);
        return await backtester.SuggestAsync(context, !string.IsNullOrWhiteSpace(name) || metric is null ? await StoredAsync(name, cancel) : await DraftAsync(metric, aggregate, comparator, 0, windowMinutes, filter, by, cancel), length, cancel);
    }

    private async Task<TimeSpan> PastAsync(string? past, CancellationToken cancel)
    {
        if (string.IsNullOrWhiteSpace(past))
            return Usual;
        if (AlertDuration.Find(past.Trim()) is { } length)
            return length;

        var back = context.Now - (await windows.ResolveAsync(context, past, null, cancel)).Window.From;
        return back < Longest ? back : Longest;
    }

    /// <summary>By name; without one the only rule that there is.</summary>
    private async Task<AlertRule> StoredAsync(string? name, CancellationToken cancel)
    {
        if (!string.IsNullOrWhiteSpace(name))
            return (await store.FindAsync(context.Scope, name, cancel)).Rule;

        var all = await store.ListAsync(context.Scope, cancel);
        return all.Count == 1 ? all[0].Rule : throw new SreException(SreErrorKind.Invalid, all.Count == 0
            ? $"There are no alerts yet. For example: {AlertGrammar.Example}"
            : $"Name the alert: there are {string.Join(", ", all.Take(10).Select(standing => $"\"{standing.Rule.Name}\""))}.");
    }

    private async Task<AlertRule> DraftAsync(string metric, string? aggregate, string comparator, double threshold, int windowMinutes, string? filter, string? by, CancellationToken cancel)
    {
        var measure = MetricCatalogue.Measure(metric, string.IsNullOrWhiteSpace(aggregate) ? null : aggregate);
        var conditions = await KnownNames.ResolveAsync(context, FilterText.Parse(filter), new TimeWindow(context.Now.AddDays(-1), context.Now), cancel);
        var projects = conditions.Where(condition => condition.Dimension == "project_id").Select(condition => condition.Value).ToList();
        var rule = new AlertRule
        {
            Name = "",
            Projects = projects.Count > 0 ? projects : context.Scope.Projects,
            Metric = measure.Metric.Name,
            Aggregate = measure.Aggregate.Name,
            Comparator = AlertComparators.Find(comparator) ?? throw new SreException(SreErrorKind.Invalid, $"There is no comparator '{comparator}'; use >, >=, < or <=."),
            Threshold = threshold,
            Window = TimeSpan.FromMinutes(windowMinutes),
            Filter = [.. context.Scope.Conditions.Union(conditions.Where(condition => condition.Dimension != "project_id"))],
            GroupBy = string.IsNullOrWhiteSpace(by) ? [] : [FilterText.Dimension(by)],
        };
        store.RequireRecorded(context.Scope, rule);
        return AlertLimits.Check(rule with { Name = AlertText.Name(rule) });
    }
}
