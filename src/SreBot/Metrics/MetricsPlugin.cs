using Microsoft.Extensions.AI;
using SreBot.Evidence;
using SreBot.Model;

namespace SreBot.Metrics;

/// <summary>Tools that read the metrics of requests.</summary>
internal sealed class MetricsPlugin(WindowReader windows) : IToolPlugin
{
    public string Name => "Metrics";

    public IEnumerable<AIFunction> CreateTools(ToolContext context)
    {
        var tools = new MetricTools(context, windows);
        return
        [
            PluginTool.Of("metric_over_time", "A metric over a window, with a chart: the value over all of it, its lowest and highest.", tools.MetricOverTimeAsync),
            PluginTool.Of("compare_windows", "A metric in two windows, one against the other.", tools.CompareWindowsAsync),
            PluginTool.Of("top_servers", "The servers (or services, endpoints, regions, platforms, projects, versions) ranked by a metric.", tools.TopServersAsync),
            PluginTool.Of("percentiles", "The latency's percentiles (p50, p90, p95, p99, max) over a window.", tools.PercentilesAsync),
            PluginTool.Of("largest_swing", "Which object's metric swings most within a window: the largest difference between its highest and lowest step.", tools.LargestSwingAsync),
        ];
    }
}
