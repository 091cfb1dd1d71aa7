using System.ComponentModel;
using SreBot.Evidence;
using SreBot.Model;

namespace SreBot.Metrics;

/// <summary>The tools' signatures, as a model sees them.</summary>
internal sealed class MetricTools(ToolContext context, WindowReader windows)
{
    private const string MetricHelp = "latency, error_rate, requests, cost, cpu or memory";
    private const string AggregateHelp = "latency: mean, p50, p90, p95, p99, max; cost: sum, mean, rate; requests: sum, rate; cpu and memory: mean, max";
    private const string WindowHelp = "such as: last 2 hours; since 14:00 CET; yesterday afternoon; since the last deploy of checkout; during INC-3; 2026-03-01T10:00Z to 2026-03-01T11:00Z; the last hour when left out";
    private const string FilterHelp = "such as: server = Server_9 and region = eu-west-1; or a bare name: checkout; dimensions are project, server, service, version, endpoint, region, platform";

    public async Task<ToolResult> MetricOverTimeAsync(
        [Description(MetricHelp)] string metric = "latency", [Description(AggregateHelp)] string? aggregate = null, [Description(WindowHelp)] string? window = null, [Description(FilterHelp)] string? filter = null,
        CancellationToken cancel = default) =>
        await MetricOverTime.RunAsync(context, await MetricQuestion.ResolveAsync(context, windows, metric, aggregate, window, filter, cancel), cancel);

    public async Task<ToolResult> CompareWindowsAsync(
        [Description(MetricHelp)] string metric = "latency", [Description(AggregateHelp)] string? aggregate = null, [Description(WindowHelp)] string? window = null,
        [Description("the window to hold it against, such as: yesterday; same time last week; the same length before it when left out")] string? before = null, [Description(FilterHelp)] string? filter = null, CancellationToken cancel = default)
    {
        var question = await MetricQuestion.ResolveAsync(context, windows, metric, aggregate, window, filter, cancel);
        return await CompareWindows.RunAsync(context, question, before is null ? null : await MetricQuestion.ReadWindowAsync(context, windows, before, question.Window, cancel), cancel);
    }

    public async Task<ToolResult> TopServersAsync(
        [Description(MetricHelp)] string metric = "latency", [Description(AggregateHelp)] string? aggregate = null,
        [Description("what to rank: server, service, endpoint, region, platform, project or version")] string dimension = "server",
        [Description(WindowHelp)] string? window = null, [Description(FilterHelp)] string? filter = null, [Description("how many, 1 to 50")] int count = 10,
        [Description("true: the lowest first")] bool lowest = false, [Description("only these values of the dimension, such as: v41, v42; all when left out")] string? among = null, CancellationToken cancel = default)
    {
        var question = await MetricQuestion.ResolveAsync(context, windows, metric, aggregate, window, filter, cancel);
        var ranked = FilterText.Dimension(dimension);
        var only = await KnownNames.ResolveAsync(context, [.. Names(among).Select(name => new DimensionCondition(ranked, name))], question.Window, cancel);
        return await TopEntities.RunAsync(context, question, ranked, [.. only.Select(condition => condition.Value)], count, lowest, cancel);
    }

    public async Task<ToolResult> PercentilesAsync(
        [Description(WindowHelp)] string? window = null, [Description(FilterHelp)] string? filter = null, [Description("the one that is asked for: p50, p90, p95, p99 or max")] string? percentile = null,
        CancellationToken cancel = default) =>
        await Percentiles.RunAsync(context, await MetricQuestion.ResolveAsync(context, windows, "latency", null, window, filter, cancel), percentile, cancel);

    public async Task<ToolResult> LargestSwingAsync(
        [Description(MetricHelp)] string metric = "latency", [Description(AggregateHelp)] string? aggregate = null,
        [Description("among what: server, service, endpoint, region, platform, project or version")] string dimension = "server",
        [Description(WindowHelp)] string? window = null, [Description(FilterHelp)] string? filter = null, CancellationToken cancel = default) =>
        await LargestSwing.RunAsync(context, await MetricQuestion.ResolveAsync(context, windows, metric, aggregate, window, filter, cancel), FilterText.Dimension(dimension), cancel);

    private static string[] Names(string? list) => (list ?? "").Split([',', ';'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
}
