using Microsoft.Extensions.AI;
using SreBot.Access;
using SreBot.Model;

namespace SreBot.Alerts;

/// <summary>Alert rules for the planner: list, create and mute by confirmation, explain.</summary>
internal sealed class AlertPlugin(AlertStore store, ConfirmationStore confirmations) : IToolPlugin
{
    public string Name => "Alerts";

    public IEnumerable<AIFunction> CreateTools(ToolContext context)
    {
        var tools = new AlertTools(store, confirmations, context);
        yield return Create("list_alerts", tools.ListAlerts);
        yield return Create("create_alert", tools.CreateAlert);
        yield return Create("mute_alert", tools.MuteAlert);
        yield return Create("explain_alert", tools.ExplainAlert);
    }

    /// <summary>The result is handed on as it is, not as JSON.</summary>
    private static AIFunction Create(string name, Delegate tool) =>
        AIFunctionFactory.Create(tool, new AIFunctionFactoryOptions { Name = name, MarshalResult = (result, _, _) => ValueTask.FromResult(result) });
}
