using SreBot.Alerts.Evaluation;
using SreBot.Alerts.Rules;
using SreBot.Alerts.States;

namespace SreBot.Tests.Alerts.States;

public sealed class AlertSightTests
{
    private const string Nine = "server_id=Server_9";
    private const string Eight = "server_id=Server_8";

    private static readonly AlertRule Grouped = AlertLetters.Rule("") with { GroupBy = ["server_id"] };

    [Fact]
    public void Judges_each_group_that_came_back_and_knows_those_that_did_not() =>
        Assert.Equal(["server_id=Server_9 Breach", "server_id=Server_8 Vanished"], See(Grouped, [Eight], null, new AlertReading(Nine, 30, 5)));

    [Fact]
    public void A_rule_without_groups_has_no_data_when_nothing_came_back() => Assert.Equal([" NoData"], See(AlertLetters.Rule(""), [""], null));

    [Theory]
    [InlineData("Error")]
    [InlineData("NoData")]
    public void What_was_not_read_is_no_vanishing(string unread)
    {
        var verdict = Enum.Parse<Verdict>(unread);

        Assert.Equal([$" {unread}"], See(AlertLetters.Rule(""), [], verdict));
        Assert.Equal([$"server_id=Server_8 {unread}", $"server_id=Server_9 {unread}"], See(Grouped, [Eight, Nine], verdict).Order());
    }

    [Fact]
    public void A_total_loss_is_no_data_of_every_group() =>
        Assert.Equal(["server_id=Server_8 NoData", "server_id=Server_9 NoData"], See(Grouped, [Eight, Nine], null).Order());

    [Theory]
    [InlineData("Error")]
    [InlineData("NoData")]
    [InlineData(null)]
    public void Without_any_group_the_rule_says_it_as_a_whole(string? unread) =>
        Assert.Equal([$" {unread ?? "NoData"}"], See(Grouped, [], unread is null ? null : Enum.Parse<Verdict>(unread)));

    [Fact]
    public void A_state_of_its_own_for_a_total_loss_is_said_once()
    {
        var rule = Grouped with { NoDataPolicy = MissingPolicy.State };

        Assert.Equal([" NoData", "server_id=Server_8 Unknown", "server_id=Server_9 Unknown"], See(rule, [Eight, Nine], null).Order());
        Assert.Equal([" NoData", "server_id=Server_8 Unknown"], See(rule, [Eight], Verdict.NoData).Order());
        Assert.Equal([" NoData", "server_id=Server_8 Vanished"], See(rule with { VanishResolves = true }, [Eight], null).Order());
        Assert.Equal([" NoData", "server_id=Server_8 Unknown"], See(rule with { VanishResolves = true }, [Eight], Verdict.NoData).Order());
    }

    [Fact]
    public void The_rule_as_a_whole_is_clear_when_any_group_is_back() =>
        Assert.Equal([" Clear", "server_id=Server_9 Breach"], See(Grouped, [""], null, new AlertReading(Nine, 30, 5)).Order());

    [Fact]
    public void The_rule_as_a_whole_says_nothing_beside_groups_that_can() =>
        Assert.Equal([" Unknown", "server_id=Server_9 Error"], See(Grouped, ["", Nine], Verdict.Error).Order());

    [Fact]
    public void No_requests_are_a_number_of_requests()
    {
        var rule = AlertLetters.Rule("below") with { Metric = "requests", Aggregate = "sum" };
        var grouped = rule with { GroupBy = ["server_id"], NoDataPolicy = MissingPolicy.State };

        Assert.Equal([" Breach"], See(rule, [], null));
        Assert.Equal([" NoData"], See(rule, [], Verdict.NoData));
        Assert.Equal(["server_id=Server_8 Breach"], See(grouped, [Eight], null));
        Assert.Equal(["server_id=Server_9 Clear", "server_id=Server_8 Breach"], See(grouped, [Eight], null, new AlertReading(Nine, 50, 50)));
        Assert.Equal([" Breach"], See(grouped, [], null));
    }

    private static IEnumerable<string> See(AlertRule rule, string[] known, Verdict? unread, params AlertReading[] readings) =>
        AlertSight.Of(rule, known, readings, unread).Select(seen => $"{seen.GroupKey} {seen.Verdict}");
}
