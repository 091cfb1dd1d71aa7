using System.Text.Json.Nodes;
using SreBot.Benchmarks.AlertScenarios;

namespace SreBot.Tests.Alerts.States;

/// <summary>Scenarios in the form that the benchmark program reads, by id.</summary>
internal static class AlertScenarioCases
{
    public static IReadOnlyDictionary<string, JsonObject> All { get; } = Read();

    public static IEnumerable<string> Failures(AlertMachine machine) =>
        from scenario in All
        from difference in ScenarioComparison.Differences(scenario.Value, ScenarioRun.Play(scenario.Value, machine))
        select $"{scenario.Key}: {difference}";

    private static Dictionary<string, JsonObject> Read() =>
        JsonNode.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Alerts/Cases/AlertScenarios.json")))!["scenarios"]!.AsArray()
            .Select(scenario => scenario!.AsObject()).ToDictionary(scenario => scenario["id"]!.GetValue<string>());
}
