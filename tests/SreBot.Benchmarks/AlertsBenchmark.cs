using System.Diagnostics;
using System.Text.Json.Nodes;
using SreBot.Benchmarks.AlertScenarios;

namespace SreBot.Benchmarks;

/// <summary>Scenarios of alert rules with the states that they must come to, through the product's own verdicts and state machine.</summary>
internal static class AlertsBenchmark
{
    private static readonly System.Text.Json.JsonSerializerOptions Indented = new() { WriteIndented = true };

    /// <returns>1 when a scenario came to something else than its file expects.</returns>
    public static int Run(string scenariosPath, string? outPath)
    {
        var scenarios = JsonNode.Parse(File.ReadAllText(scenariosPath))!["scenarios"]!.AsArray().Select(scenario => scenario!.AsObject()).ToList();
        var output = new JsonObject();
        var (expected, right, took) = (0, 0, TimeSpan.Zero);
        foreach (var scenario in scenarios)
        {
            var id = scenario["id"]!.GetValue<string>();
            var differences = Play(id, scenario, output, ref took);
            expected += scenario.ContainsKey("expected") ? 1 : 0;
            right += scenario.ContainsKey("expected") && differences.Count == 0 ? 1 : 0;
            foreach (var difference in differences)
            {
                Console.WriteLine($"{id}: {difference}");
            }
        }

        if (outPath is not null)
        {
            File.WriteAllText(outPath, output.ToJsonString(Indented));
        }

        if (expected > 0)
        {
            Console.WriteLine($"{right} of {expected}");
        }

        Console.WriteLine($"{scenarios.Count} cases, {took.TotalMilliseconds / Math.Max(1, scenarios.Count):0.00} ms a case");
        return right == expected ? 0 : 1;
    }

    /// <summary>A scenario that cannot be played stops no other.</summary>
    private static IReadOnlyList<string> Play(string id, JsonObject scenario, JsonObject output, ref TimeSpan took)
    {
        try
        {
            var start = Stopwatch.GetTimestamp();
            var played = ScenarioRun.Play(scenario, AlertMachine.Product);
            took += Stopwatch.GetElapsedTime(start);
            output[id] = new JsonArray([.. played.Select(Written)]);
            return scenario.ContainsKey("expected") ? ScenarioComparison.Differences(scenario, played) : [];
        }
        catch (Exception error) when (error is FormatException or InvalidOperationException or NullReferenceException)
        {
            return [$"cannot be played: {error.Message}"];
        }
    }

    private static JsonNode Written(ScenarioTick tick) => tick.Groups.TryGetValue("", out var only)
        ? new JsonObject { ["t_s"] = tick.Seconds, ["state"] = only.State, ["notify"] = only.Notify }
        : new JsonObject { ["t_s"] = tick.Seconds, ["series"] = new JsonObject(tick.Groups.Select(group => KeyValuePair.Create(group.Key, (JsonNode?)Written(group.Value)))) };

    private static JsonObject Written((string State, string? Notify) group) => new() { ["state"] = group.State, ["notify"] = group.Notify };
}
