using SreBot.Alerts.States;
using SreBot.Benchmarks.AlertScenarios;
using SreBot.Tests.Fixtures;

namespace SreBot.Tests.Alerts.States;

/// <summary>The state machine's table of cases.</summary>
internal static class AlertTable
{
    public static IReadOnlyList<string[]> Rows { get; } = [.. CaseFile.Rows("Alerts/Cases/AlertStateMachine.txt")];

    /// <returns>What the machine makes of a case's verdicts, in the words of its last column.</returns>
    public static string Play(AlertMachine machine, string options, string verdicts)
    {
        var rule = AlertLetters.Rule(options);
        var state = AlertState.New(AlertLetters.Start.AddMinutes(-1));
        var told = new List<string>();
        foreach (var word in verdicts.Split(' '))
        {
            var (verdict, value) = AlertLetters.Read(rule, word.TrimEnd('s'));
            (state, _, var notice) = machine.Take(rule, state, verdict, value, state.Tick.AddMinutes(1), word.EndsWith('s'));
            told.Add(state.Phase.ToString()[..1] + (notice == AlertNotice.None ? "" : "!"));
        }

        return string.Join(' ', told);
    }

    public static IEnumerable<string> Failures(AlertMachine machine) =>
        from row in Rows
        let played = Play(machine, row[1], row[2])
        where played != row[3]
        select $"{row[0]}: expected {row[3]}, was {played}";
}
