using Microsoft.Extensions.AI;

namespace SreBot.Model;

/// <summary>A feature's tools for the planner. Each tool is an <see cref="AIFunction"/> that returns a <see cref="ToolResult"/>.</summary>
internal interface IToolPlugin
{
    /// <summary>Names the group, such as <c>Metrics</c>.</summary>
    string Name { get; }

    /// <summary>The tools, bound to one question: its scope, its steps, its clock.</summary>
    IEnumerable<AIFunction> CreateTools(ToolContext context);
}
