using System.Text.Json.Nodes;

namespace SreBot.Benchmarks.AlertScenarios;

/// <summary>What a scenario came to against what its file expects; only what is written there is asserted.</summary>
internal static class ScenarioComparison
{
    /// <summary>Prometheus does not tell recovering from firing.</summary>
    public static bool IsPrometheus(JsonObject scenario) =>
        scenario["semantics"]?.GetValue<string>() == "prometheus" || scenario["source"]?.GetValue<string>().Contains("promtool", StringComparison.OrdinalIgnoreCase) == true;

    /// <returns>A line each; empty when all is as expected.</returns>
    public static IReadOnlyList<string> Differences(JsonObject scenario, IReadOnlyList<ScenarioTick> played)
    {
        var isPrometheus = IsPrometheus(scenario);
        var ticks = played.ToDictionary(tick => tick.Seconds);
        var differences = new List<string>();
        foreach (var expected in scenario["expected"]!.AsArray().Select(tick => tick!.AsObject()))
        {
            var seconds = expected["t_s"]!.GetValue<double>();
            var groups = expected["series"]?.AsObject().ToDictionary(group => group.Key, group => group.Value!.AsObject()) ?? new() { [""] = expected };
            foreach (var (group, wanted) in groups)
            {
                var (state, notify) = ticks[seconds].Groups.GetValueOrDefault(group, ("inactive", null));
                Compare("state", isPrometheus ? Fold(state) : state);
                Compare("notify", notify);

                void Compare(string name, string? was)
                {
                    if (wanted.ContainsKey(name) && wanted[name]?.GetValue<string>() is var word && was != (isPrometheus && word is not null ? Fold(word) : word))
                    {
                        differences.Add($"{seconds} s{(group.Length > 0 ? $", {group}" : "")}: {name} {was ?? "null"} instead of {word ?? "null"}");
                    }
                }
            }
        }

        return differences;
    }

    private static string Fold(string state) => state == "recovering" ? "firing" : state;
}
