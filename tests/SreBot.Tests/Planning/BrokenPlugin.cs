using Microsoft.Extensions.AI;
using SreBot.Evidence;
using SreBot.Model;

namespace SreBot.Tests.Planning;

/// <summary>A tool that keeps a step and then throws, or is cancelled.</summary>
internal sealed class BrokenPlugin(Action? cancel = null) : IToolPlugin
{
    public string Name => "Broken";

    public IEnumerable<AIFunction> CreateTools(ToolContext context) =>
    [
        PluginTool.Of("list_alerts", "breaks", async (CancellationToken token) =>
        {
            await context.Steps.KeepAsync("before the break", context.Scope, "a test", new StepTable([], []), token);
            cancel?.Invoke();
            token.ThrowIfCancellationRequested();
            return cancel is null ? throw new InvalidOperationException("secret") : new ToolResult("", [], new { });
        }),
    ];
}
