using SreBot.Alerts.States;
using SreBot.Benchmarks.AlertScenarios;

namespace SreBot.Tests.Alerts.States;

public sealed class AlertStateMachineTests
{
    public static TheoryData<string, string, string, string> Cases()
    {
        var cases = new TheoryData<string, string, string, string>();
        foreach (var columns in AlertTable.Rows)
        {
            cases.Add(columns[0], columns[1], columns[2], columns[3]);
        }

        return cases;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Follows_the_table(string shows, string rule, string verdicts, string expected)
    {
        var played = AlertTable.Play(AlertMachine.Product, rule, verdicts);

        Assert.True(expected == played, $"{shows}: expected {expected}, was {played}");
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(0, 1)]
    [InlineData(0, 3)]
    [InlineData(1, 0)]
    [InlineData(1, 2)]
    [InlineData(2, 1)]
    [InlineData(2, 3)]
    public void Keeps_its_promises_over_every_sequence_of_eight_verdicts(int forMinutes, int cooldownMinutes)
    {
        foreach (var options in AlertRuleGrid.Policies())
        {
            var rule = AlertLetters.Rule($"for {forMinutes}m, cooldown {cooldownMinutes}m, {options}");

            var failure = AlertExploration.Failure(AlertMachine.Product, rule, ["1", "~", "0", "i", "n", "e", "v", "u"], 8);

            Assert.True(failure is null, $"{options}: {failure}");
        }
    }

    [Theory]
    [InlineData("recovery")]
    [InlineData("recovery, for 1m, cooldown 2m")]
    [InlineData("recovery, cooldown 1m, repeat 2m")]
    [InlineData("recovery, cooldown 1m, no_data state, error state")]
    [InlineData("recovery, for 1m, cooldown 1m, no_data state, error alert, repeat 1m")]
    [InlineData("recovery, cooldown 1m, no_data state, vanish 1 resolves, hold 2m")]
    public void Keeps_its_promises_over_every_sequence_of_eight_verdicts_of_which_any_are_silenced(string options)
    {
        var rule = AlertLetters.Rule(options);

        var failure = AlertExploration.Failure(AlertMachine.Product, rule, ["1", "~", "0", "n", "e", "v", "1s", "~s", "0s", "ns", "es", "vs"], 8);

        Assert.True(failure is null, failure);
    }

    [Fact]
    public void A_transition_says_whether_people_are_told()
    {
        var told = new List<string>();
        var rule = AlertLetters.Rule("for 1m, cooldown 1m, no_data state");
        var state = AlertState.New(AlertLetters.Start);
        foreach (var letter in "1 1 0 1 0 0 1 0 n 1 1 n 0".Split(' '))
        {
            var (verdict, value) = AlertLetters.Read(rule, letter);
            (state, var transition) = AlertStateMachine.Next(rule, state, verdict, value, state.Tick.AddMinutes(1));
            told.Add(transition is null ? "-" : $"{transition.To}{(transition.Notifies ? "!" : "")}");
        }

        Assert.Equal("Pending Triggered! Cooldown Triggered Cooldown Resolved! Pending Resolved NoData! Pending! Triggered! NoData! Resolved!", string.Join(' ', told));
    }

    [Theory]
    [InlineData("no_data zero", "n", 0.0)]
    [InlineData("error zero", "e", 0.0)]
    [InlineData("no_data zero, vanish 1", "v", 0.0)]
    [InlineData("no_data zero, vanish 2", "v", null)]
    [InlineData("no_data zero, vanish 1 resolves", "v", null)]
    [InlineData("no_data alert", "n", null)]
    [InlineData("error zero", "n", null)]
    [InlineData("no_data zero", "e", null)]
    [InlineData("", "1", 30.0)]
    public void A_value_is_zero_where_the_policy_says_so_and_never_else(string options, string letter, double? expected)
    {
        var rule = AlertLetters.Rule(options);
        var (verdict, value) = AlertLetters.Read(rule, letter);

        var (state, _) = AlertStateMachine.Next(rule, AlertState.New(AlertLetters.Start), verdict, value, AlertLetters.Start.AddMinutes(1));

        Assert.Equal(expected, state.Value);
    }
}
