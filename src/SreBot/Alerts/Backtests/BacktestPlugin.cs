using Microsoft.Extensions.AI;
using SreBot.Evidence;
using SreBot.Model;

namespace SreBot.Alerts.Backtests;

/// <summary>Back-tests for the planner: would this alert have fired, which threshold suits.</summary>
internal sealed class BacktestPlugin(Backtester backtester, AlertStore store, WindowReader windows) : IToolPlugin
{
    public string Name => "Backtests";

    public IEnumerable<AIFunction> CreateTools(ToolContext context)
    {
        var tools = new BacktestTools(backtester, store, windows, context);
        yield return PluginTool.Of("backtest_alert", tools.BacktestAlertAsync);
        yield return PluginTool.Of("suggest_threshold", tools.SuggestThresholdAsync);
    }
}
