using SreBot.Alerts.Rules;
using SreBot.Benchmarks.AlertScenarios;
using SreBot.Tests.Fixtures;

namespace SreBot.Tests.Alerts.States;

/// <summary>The table of cases of values and verdicts.</summary>
internal static class AlertVerdictTable
{
    public static IReadOnlyList<string[]> Rows { get; } = [.. CaseFile.Rows("Alerts/Cases/AlertVerdict.txt")];

    /// <returns>The verdict on a row's value, in the words of its last column.</returns>
    public static string Judge(AlertMachine machine, string[] row)
    {
        var option = row[3].Split(' ');
        double? Option(string name) => option[0] == name ? double.Parse(option[1]) : null;
        var rule = AlertLetters.Rule("") with
        {
            Comparator = AlertComparators.Find(row[1])!.Value,
            Threshold = double.Parse(row[2]),
            ThresholdMax = Option("max"),
            RecoveryThreshold = Option("recovery"),
            MinRequests = (long)(Option("min") ?? 0),
        };
        return AlertNames.Of(machine.Judge(rule, row[4].Length == 0 ? null : double.Parse(row[4]), long.Parse(row[5])));
    }

    public static IEnumerable<string> Failures(AlertMachine machine) =>
        from row in Rows
        let verdict = Judge(machine, row)
        where verdict != row[6]
        select $"{row[0]}: {verdict}";
}
