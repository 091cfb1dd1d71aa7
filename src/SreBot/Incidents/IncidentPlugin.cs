using Microsoft.Extensions.AI;
using SreBot.Model;

namespace SreBot.Incidents;

/// <summary>Incidents for the planner: find, list, acknowledge and resolve by confirmation.</summary>
internal sealed class IncidentPlugin(IncidentStore store) : IToolPlugin
{
    public string Name => "Incidents";

    public IEnumerable<AIFunction> CreateTools(ToolContext context)
    {
        var tools = new IncidentTools(store, context);
        yield return Create("find_incident", tools.FindIncident);
        yield return Create("recent_incidents", tools.RecentIncidents);
        yield return Create("acknowledge_incident", tools.AcknowledgeIncident);
        yield return Create("resolve_incident", tools.ResolveIncident);
    }

    /// <summary>The result is handed on as it is, not as JSON.</summary>
    private static AIFunction Create(string name, Delegate tool) =>
        AIFunctionFactory.Create(tool, new AIFunctionFactoryOptions { Name = name, MarshalResult = (result, _, _) => ValueTask.FromResult(result) });
}
