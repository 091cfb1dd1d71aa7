using SreBot.Benchmarks.AlertScenarios;

namespace SreBot.Tests.Alerts.States;

/// <summary>What other alert engines have got wrong.</summary>
public sealed class AlertKnownWrongAnswersTests
{
    [Fact]
    public void A_breach_during_the_quiet_time_starts_it_over() =>
        Assert.Equal("T! C T T T T C", AlertTable.Play(AlertMachine.Product, "cooldown 5m", "1 0 1 1 1 1 0"));

    [Theory]
    [InlineData("n")]
    [InlineData("i")]
    [InlineData("v")]
    [InlineData("u")]
    [InlineData("e")]
    public void Nothing_that_is_missing_resolves_and_a_failed_query_is_never_a_clear(string missing)
    {
        var day = string.Join(' ', Enumerable.Repeat(missing, 1440));

        var triggered = AlertTable.Play(AlertMachine.Product, "cooldown 1m", $"1 {day}");
        var quiet = AlertTable.Play(AlertMachine.Product, "cooldown 2m", $"1 0 {day}");

        Assert.Equal($"T! {string.Join(' ', Enumerable.Repeat("T", 1440))}", triggered);
        Assert.Equal($"T! C {string.Join(' ', Enumerable.Repeat("C", 1440))}", quiet);
    }

    [Fact]
    public void A_second_group_that_breaches_while_the_first_is_triggered_is_told()
    {
        var scenario = AlertScenarioCases.All["two_groups_are_told_each_for_itself"];

        var played = ScenarioRun.Play(scenario, AlertMachine.Product);

        Assert.Equal(("firing", "firing"), played[0].Groups["a"]);
        Assert.Equal(("firing", "firing"), played[1].Groups["b"]);
        Assert.Equal(("firing", null), played[1].Groups["a"]);
    }

    [Fact]
    public void An_edit_that_leaves_the_condition_alone_keeps_the_state()
    {
        var scenario = AlertScenarioCases.All["an_edit_of_the_cooldown_keeps_the_state"];

        var played = ScenarioRun.Play(scenario, AlertMachine.Product);

        Assert.Equal(["firing", "recovering", "recovering", "inactive"], played.Select(tick => tick.Groups[""].State));
    }
}
