using Microsoft.Extensions.AI;
using SreBot.Evidence;
using SreBot.Model;

namespace SreBot.Alerts;

/// <summary>Alert rules for the planner: list and explain them; create, edit, mute, silence, delete and subscribe by confirmation.</summary>
internal sealed class AlertPlugin(AlertParts parts, AlertPlans plans) : IToolPlugin
{
    public string Name => "Alerts";

    public IEnumerable<AIFunction> CreateTools(ToolContext context)
    {
        var tools = new AlertTools(parts, plans, context);
        yield return PluginTool.Of("list_alerts", tools.ListAlerts);
        yield return PluginTool.Of("create_alert", tools.CreateAlert);
        yield return PluginTool.Of("edit_alert", tools.EditAlert);
        yield return PluginTool.Of("mute_alert", tools.MuteAlert);
        yield return PluginTool.Of("silence_alerts", tools.SilenceAlerts);
        yield return PluginTool.Of("delete_alert", tools.DeleteAlert);
        yield return PluginTool.Of("subscribe_to_alert", tools.SubscribeToAlert);
        yield return PluginTool.Of("explain_alert", tools.ExplainAlert);
    }
}
