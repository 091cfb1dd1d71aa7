using Microsoft.Extensions.AI;
using SreBot.Access;
using SreBot.Evidence;
using SreBot.Model;

namespace SreBot.Alerts;

/// <summary>Alert rules for the planner: list, create and mute by confirmation, explain.</summary>
internal sealed class AlertPlugin(AlertStore store, ConfirmationStore confirmations) : IToolPlugin
{
    public string Name => "Alerts";

    public IEnumerable<AIFunction> CreateTools(ToolContext context)
    {
        var tools = new AlertTools(store, confirmations, context);
        yield return PluginTool.Of("list_alerts", tools.ListAlerts);
        yield return PluginTool.Of("create_alert", tools.CreateAlert);
        yield return PluginTool.Of("mute_alert", tools.MuteAlert);
        yield return PluginTool.Of("explain_alert", tools.ExplainAlert);
    }
}
