namespace SreBot.Benchmarks.AlertScenarios;

/// <summary>What a tick of a scenario came to.</summary>
/// <param name="Groups">By the group's name; of a rule without groups one, named "".</param>
internal sealed record ScenarioTick(double Seconds, IReadOnlyDictionary<string, (string State, string? Notify)> Groups);
