using Microsoft.Extensions.AI;
using SreBot.Evidence;
using SreBot.Model;

namespace SreBot.Incidents;

/// <summary>Incidents for the planner: find, list, acknowledge and resolve by confirmation.</summary>
internal sealed class IncidentPlugin(IncidentStore store) : IToolPlugin
{
    public string Name => "Incidents";

    public IEnumerable<AIFunction> CreateTools(ToolContext context)
    {
        var tools = new IncidentTools(store, context);
        yield return PluginTool.Of("find_incident", tools.FindIncident);
        yield return PluginTool.Of("recent_incidents", tools.RecentIncidents);
        yield return PluginTool.Of("acknowledge_incident", tools.AcknowledgeIncident);
        yield return PluginTool.Of("resolve_incident", tools.ResolveIncident);
    }
}
