using SreBot.Alerts.Rules;
using SreBot.Alerts.States;
using SreBot.Tests.Fixtures;

namespace SreBot.Tests.Alerts;

public sealed class AlertStateMachineTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 5, 10, 0, 0, TimeSpan.Zero);

    public static TheoryData<string, string, string, string> Cases()
    {
        var cases = new TheoryData<string, string, string, string>();
        foreach (var columns in CaseFile.Rows("Alerts/Cases/AlertStateMachine.txt"))
        {
            cases.Add(columns[0], columns[1], columns[2], columns[3]);
        }

        return cases;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Follows_the_table(string shows, string rule, string verdicts, string expected)
    {
        var phases = string.Join(' ', Run(Rule(rule), verdicts.Split(' ')).Select(step => Letter(step.State.Phase) + (step.Transition?.Notifies == true ? "!" : "")));

        Assert.True(expected == phases, $"{shows}: expected {expected}, was {phases}");
    }

    public static TheoryData<int, int> Timers() => new() { { 0, 0 }, { 0, 1 }, { 0, 3 }, { 1, 0 }, { 1, 2 }, { 2, 2 }, { 3, 5 } };

    [Theory]
    [MemberData(nameof(Timers))]
    public void Keeps_its_promises_over_every_sequence_of_eight_verdicts(int forMinutes, int cooldownMinutes)
    {
        var rule = Rule("recovery") with { For = TimeSpan.FromMinutes(forMinutes), Cooldown = TimeSpan.FromMinutes(cooldownMinutes) };
        string[] letters = ["1", "~", "0", "i", "n"];
        var sequences = (int)Math.Pow(letters.Length, 8);
        for (var number = 0; number < sequences; number++)
        {
            var verdicts = new string[8];
            for (int i = 0, rest = number; i < 8; i++, rest /= letters.Length)
            {
                verdicts[i] = letters[rest % letters.Length];
            }

            Check(rule, verdicts, Run(rule, verdicts));
        }
    }

    private static void Check(AlertRule rule, string[] verdicts, IReadOnlyList<(AlertState State, AlertTransition? Transition)> steps)
    {
        var story = string.Join(' ', verdicts);
        var isOpen = false;
        for (var i = 0; i < steps.Count; i++)
        {
            var (state, transition) = steps[i];
            var opens = !isOpen && state.EpisodeSince is not null;
            var closes = isOpen && state.EpisodeSince is null;
            Assert.False(opens && verdicts[i] != "1", $"{story}: triggers at {i} without a breach");
            Assert.False(closes && verdicts[i] != "0", $"{story}: resolves at {i} without a clear");
            Assert.False(closes && QuietMinutes(verdicts, i) < rule.Cooldown.TotalMinutes, $"{story}: resolves at {i} before the quiet time is over");
            Assert.False(opens && BreachMinutes(verdicts, i) < rule.For.TotalMinutes, $"{story}: triggers at {i} before its time");
            Assert.True((transition?.Notifies == true) == (opens || closes), $"{story}: at {i} it tells {transition?.Notifies}");
            isOpen = state.EpisodeSince is not null;
        }
    }

    /// <summary>Minutes since the first clear after the last breach, those that prove nothing left out.</summary>
    private static double QuietMinutes(string[] verdicts, int at)
    {
        var first = Array.FindLastIndex(verdicts, at, verdict => verdict is "1" or "~") + 1;
        return verdicts[first..(at + 1)].Count(verdict => verdict == "0") - 1;
    }

    /// <summary>Minutes since the first breach in a row, those without data left out.</summary>
    private static double BreachMinutes(string[] verdicts, int at)
    {
        var first = Array.FindLastIndex(verdicts, at, verdict => verdict is not ("1" or "n")) + 1;
        return verdicts[first..(at + 1)].Count(verdict => verdict == "1") - 1;
    }

    private static List<(AlertState State, AlertTransition? Transition)> Run(AlertRule rule, string[] verdicts)
    {
        var steps = new List<(AlertState State, AlertTransition? Transition)>();
        var state = AlertState.New(Start.AddMinutes(-1));
        for (var i = 0; i < verdicts.Length; i++)
        {
            var (verdict, value) = Read(verdicts[i]);
            var step = AlertStateMachine.Next(rule, state, verdict, value, Start.AddMinutes(i));
            steps.Add(step);
            state = step.State;
        }

        return steps;
    }

    private static (Verdict Verdict, double? Value) Read(string letter) => letter switch
    {
        "1" => (Verdict.Breach, 30),
        "~" => (Verdict.Between, 15),
        "0" => (Verdict.Clear, 5),
        "i0" => (Verdict.Insufficient, 5),
        "i" or "i1" or "I" => (Verdict.Insufficient, 30),
        "n" => (Verdict.NoData, null),
        _ => (Verdict.Error, null),
    };

    private static AlertRule Rule(string options)
    {
        var rule = new AlertRule { Name = "r", Projects = ["Project_1"], Metric = "latency", Aggregate = "max", Comparator = AlertComparator.GreaterOrEqual, Threshold = 20 };
        foreach (var option in options.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var words = option.Split(' ');
            rule = words[0] switch
            {
                "for" => rule with { For = AlertDuration.Find(words[1])!.Value },
                "cooldown" => rule with { Cooldown = AlertDuration.Find(words[1])!.Value },
                "recovery" => rule with { RecoveryThreshold = 10 },
                "no_data" => rule with { NoDataPolicy = AlertNames.Parse<MissingPolicy>(words[1]) },
                "error" => rule with { ErrorPolicy = AlertNames.Parse<MissingPolicy>(words[1]) },
                _ => rule with { InsufficientPolicy = words[1] == "clear" ? InsufficientPolicy.Clear : InsufficientPolicy.GateTrigger },
            };
        }

        return rule;
    }

    private static string Letter(AlertPhase phase) => phase.ToString()[..1];
}
