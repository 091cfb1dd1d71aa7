using Microsoft.Extensions.AI;
using SreBot.Evidence;
using SreBot.Model;

namespace SreBot.Changes;

/// <summary>The tool that lists what people changed.</summary>
internal sealed class ChangePlugin(WindowReader windows) : IToolPlugin
{
    public string Name => "Changes";

    public IEnumerable<AIFunction> CreateTools(ToolContext context) =>
    [
        PluginTool.Of("recent_changes",
            "Deploys, configuration changes and flags in a window, newest first: when, what, who, and whether the service's error rate, latency or requests moved after each. Use it for questions about what was deployed or changed.",
            new RecentChanges(context, windows).RecentChangesAsync),
    ];
}
