using SreBot.Planning;

namespace SreBot.Tests.Planning;

/// <summary>A message that is to be explained is read as a question about what it names, whatever it says.</summary>
public sealed class ExplainTests
{
    private static readonly string[] Tools =
        ["explain_cause", "find_incident", "recent_incidents", "acknowledge_incident", "snooze_incident", "resolve_incident", "list_alerts", "create_alert", "mute_alert", "delete_alert", "subscribe_to_alert", "metric_over_time", "top_servers"];

    [Theory]
    [InlineData("INC-4 · open · critical\np95 latency of checkout is 900 ms")]
    [InlineData("[FIRING] Server_9: latency max 95 ms >= 20 ms")]
    [InlineData("Server_9 looks slow again, anyone?")]
    [InlineData("error rate in Project_1 is at 12%")]
    public void Asks_for_the_cause(string text) => Assert.Equal("explain_cause", Read(text));

    [Theory]
    [InlineData("alert delete errors")]
    [InlineData("delete the alert errors")]
    [InlineData("mute errors for 2h")]
    [InlineData("create an alert when latency of Server_9 is above 20 ms")]
    [InlineData("subscribe me to errors")]
    public void Changes_nothing(string text) =>
        Assert.Contains(Read(text), new[] { "explain_cause", "metric_over_time", "list_alerts", "find_incident", "recent_incidents", "top_servers", null });

    [Fact]
    public void Nothing_that_changes_is_at_hand() =>
        Assert.Equal(["explain_cause", "find_incident", "recent_incidents", "list_alerts", "metric_over_time", "top_servers"], Tools.Where(Planner.Looks));

    private static string? Read(string text) => OfflineRules.Read(Planner.Explanation(text), [], [.. Tools.Where(Planner.Looks)]).Tool;
}
