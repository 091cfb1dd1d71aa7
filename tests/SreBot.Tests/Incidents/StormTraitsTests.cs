using SreBot.Incidents;

namespace SreBot.Tests.Incidents;

public sealed class StormTraitsTests
{
    [Theory]
    [InlineData("20 alerts at once, all on Server_9", 20, "server_id=Server_9 project_id=Project_1", 0, "")]
    [InlineData("20 alerts at once: 16 on Server_9", 16, "server_id=Server_9 project_id=Project_1", 4, "server_id=Server_2 project_id=Project_1")]
    [InlineData("20 alerts at once, all in Project_1", 15, "server_id=Server_9 project_id=Project_1", 5, "server_id=Server_2 project_id=Project_1")]
    [InlineData("20 alerts at once: 16 of the version v42", 16, "version=v42 metric=latency", 4, "version=v41 metric=latency")]
    [InlineData("20 alerts at once, all in eu-west-1", 10, "region=eu-west-1 project_id=Project_1", 10, "region=eu-west-1 project_id=Project_2")]
    [InlineData("20 alerts at once, all by the rule \"Slow\"", 10, "rule=Slow server_id=Server_1", 10, "rule=Slow server_id=Server_2")]
    [InlineData("20 alerts at once, all about latency", 10, "metric=latency rule=One", 10, "metric=latency rule=Two")]
    [InlineData("20 alerts at once in Project_1", 10, "rule=One", 10, "rule=Two")]
    public void Names_what_most_of_a_storm_share(string title, int count, string traits, int others, string otherTraits) =>
        Assert.Equal(title, StormTraits.Title([.. Enumerable.Repeat(Member(traits), count), .. Enumerable.Repeat(Member(otherTraits), others)]));

    [Fact]
    public void One_alert_that_is_seen_is_called_what_it_is() => Assert.Equal("slow", StormTraits.Title([Member("")]));

    private static IncidentMember Member(string traits) => new() { Title = "slow", Projects = ["Project_1"], Traits = traits.Split(' ', StringSplitOptions.RemoveEmptyEntries) };
}
