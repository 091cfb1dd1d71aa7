using Microsoft.Extensions.AI;
using SreBot.Access;
using SreBot.Evidence;
using SreBot.Model;

namespace SreBot.Incidents;

/// <summary>Incidents for the planner: find, list; acknowledge, snooze and resolve by confirmation.</summary>
internal sealed class IncidentPlugin(IncidentStore store, ConfirmationStore confirmations) : IToolPlugin
{
    public string Name => "Incidents";

    public IEnumerable<AIFunction> CreateTools(ToolContext context)
    {
        var tools = new IncidentTools(store, confirmations, context);
        yield return PluginTool.Of("find_incident", tools.FindIncident);
        yield return PluginTool.Of("recent_incidents", tools.RecentIncidents);
        yield return PluginTool.Of("acknowledge_incident", tools.AcknowledgeIncident);
        yield return PluginTool.Of("snooze_incident", tools.SnoozeIncident);
        yield return PluginTool.Of("resolve_incident", tools.ResolveIncident);
    }
}
