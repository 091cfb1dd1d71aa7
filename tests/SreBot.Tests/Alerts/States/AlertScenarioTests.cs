using System.Text.Json.Nodes;
using SreBot.Benchmarks.AlertScenarios;

namespace SreBot.Tests.Alerts.States;

public sealed class AlertScenarioTests
{
    public static TheoryData<string> Ids => [.. AlertScenarioCases.All.Keys];

    [Theory]
    [MemberData(nameof(Ids))]
    public void Comes_to_what_the_scenario_expects(string id)
    {
        var scenario = AlertScenarioCases.All[id];

        var differences = ScenarioComparison.Differences(scenario, ScenarioRun.Play(scenario, AlertMachine.Product));

        Assert.Empty(differences);
    }

    [Theory]
    [InlineData("for_is_not_over_at_59_seconds", "pending")]
    [InlineData("two_groups_are_told_each_for_itself", "firing")]
    public void Sees_what_differs(string id, string wrong)
    {
        var scenario = AlertScenarioCases.All[id].DeepClone().AsObject();
        var last = scenario["expected"]!.AsArray()[^1]!.AsObject();
        (last["series"]?["a"]?.AsObject() ?? last)["state"] = wrong;

        var differences = ScenarioComparison.Differences(scenario, ScenarioRun.Play(scenario, AlertMachine.Product));

        Assert.Single(differences);
    }

    [Fact]
    public void A_word_that_is_unknown_is_refused()
    {
        var scenario = AlertScenarioCases.All["for_is_not_over_at_59_seconds"].DeepClone().AsObject();
        scenario["rule"]!["no_data_policy"] = JsonValue.Create("perhaps");

        var error = Assert.Throws<FormatException>(() => ScenarioRun.Play(scenario, AlertMachine.Product));

        Assert.Equal("The rule's no_data_policy is not understood: \"perhaps\"", error.Message);
    }
}
