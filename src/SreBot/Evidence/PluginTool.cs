using Microsoft.Extensions.AI;
using SreBot.Model;

namespace SreBot.Evidence;

/// <summary>Makes a plugin's tool of a method whose result reaches the planner as the <see cref="ToolResult"/> that it is, not as JSON.</summary>
internal static class PluginTool
{
    /// <param name="name">As a model calls it: <c>top_servers</c>.</param>
    /// <param name="method">Its <c>[Description]</c> says what it does.</param>
    public static AIFunction Of(string name, Delegate method) => Of(name, null, method);

    public static AIFunction Of(string name, string? description, Delegate method) => AIFunctionFactory.Create(method, new AIFunctionFactoryOptions
    {
        Name = name,
        Description = description,
        SerializerOptions = AIJsonUtilities.DefaultOptions,
        MarshalResult = (result, _, _) => ValueTask.FromResult(result),
    });
}
