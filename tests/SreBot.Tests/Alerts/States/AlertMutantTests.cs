using SreBot.Benchmarks.AlertScenarios;
using SreBot.Tests.Fixtures;

namespace SreBot.Tests.Alerts.States;

/// <summary>Whether the checks of verdicts and state machine see what goes wrong there.</summary>
public sealed class AlertMutantTests
{
    private static readonly string[] Rules =
    [
        "recovery, for 1m, cooldown 1m", "recovery, cooldown 2m", "recovery, for 1m, cooldown 1m, no_data state, error zero, insufficient gate_trigger, hold 1m",
        "below, cooldown 1m, no_data zero, insufficient clear, vanish 1, repeat 1m", "recovery, cooldown 1m, error state, vanish 2 resolves",
    ];

    public static TheoryData<string, string, string, string> Mutants()
    {
        var mutants = new TheoryData<string, string, string, string>();
        foreach (var columns in CaseFile.Rows("Alerts/Cases/AlertMutants.txt"))
        {
            mutants.Add(columns[0], columns[1], Code(columns[2]), Code(columns[3]));
        }

        return mutants;
    }

    [Fact]
    public void The_unaltered_build_passes_every_check() => Assert.Empty(Failures(AlertMutant.Unaltered()));

    [Theory]
    [MemberData(nameof(Mutants))]
    public void A_mutant_is_caught(string shows, string file, string from, string to)
    {
        var mutant = AlertMutant.Altered(file, from, to);

        Assert.True(Failures(mutant).Any(), $"No check sees it when {shows}.");
    }

    private static IEnumerable<string> Failures(AlertMachine machine) =>
        [.. AlertVerdictTable.Failures(machine), .. AlertTable.Failures(machine), .. AlertScenarioCases.Failures(machine), .. Rules.Select(rule => Explore(machine, rule)).OfType<string>()];

    private static string? Explore(AlertMachine machine, string rule) =>
        AlertExploration.Failure(machine, AlertLetters.Rule(rule), ["1", "~", "0", "i", "n", "e", "v", "1s", "0s", "ns"], 4);

    /// <summary>The table's columns end at a bar, its rows at the line's end.</summary>
    private static string Code(string text) => text.Replace("${or}", "||", StringComparison.Ordinal).Replace("${line}", "\n", StringComparison.Ordinal);
}
