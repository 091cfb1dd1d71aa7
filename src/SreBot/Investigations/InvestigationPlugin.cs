using Microsoft.Extensions.AI;
using SreBot.Evidence;
using SreBot.Model;

namespace SreBot.Investigations;

/// <summary>The tool that says why.</summary>
internal sealed class InvestigationPlugin(Investigator investigator, IIncidentLookup incidents, WindowReader windows) : IToolPlugin
{
    public string Name => "Investigations";

    public IEnumerable<AIFunction> CreateTools(ToolContext context)
    {
        var tool = new ExplainCauseTool(context, investigator, incidents, windows);
        return
        [
            PluginTool.Of("explain_cause",
                "The root cause of an incident, or of a slow or failing server, project or anything else: what changed, when, who is affected, the likely causes in order, what was ruled out, next steps. Use it for every question that asks why.",
                tool.ExplainCauseAsync),
        ];
    }
}
