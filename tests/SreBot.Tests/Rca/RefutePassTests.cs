using SreBot.Model;
using SreBot.Rca;

namespace SreBot.Tests.Rca;

public sealed class RefutePassTests
{
    [Fact]
    public void Rows_that_may_still_arrive_are_no_loss_of_traffic()
    {
        var newest = new Dictionary<string, DateTimeOffset> { ["Project_2"] = MadeTraffic.Onset };

        var verdict = RcaEngine.Explain(Lost(newest));

        Assert.Empty(verdict.Causes);
        Assert.Contains(verdict.RuledOut, statement => statement.Template.Contains("may still arrive", StringComparison.Ordinal) && statement.Values.Contains("Project_2"));
    }

    [Fact]
    public void A_project_that_sends_nothing_while_its_rows_are_complete_is_a_loss() =>
        Assert.Equal(RcaCauseKind.TrafficLoss, RcaEngine.Explain(Lost(new Dictionary<string, DateTimeOffset>())).Causes[0].Kind);

    [Fact]
    public void What_climbs_alone_since_before_it_was_felt_is_named()
    {
        var input = new MadeTraffic(4)
        {
            Plant = request =>
            {
                if (request.Is("server_id", "Server_7"))
                    request.Latency *= 1 + (Math.Max(0, request.Minute - 45) / 60);
                return true;
            },
        }.Make();

        Assert.Equal("Server_7", RcaEngine.Explain(input).Causes[0].Entity);
    }

    [Fact]
    public void What_moved_as_far_before_and_came_back_is_no_cause()
    {
        var input = new MadeTraffic(4)
        {
            Plant = request =>
            {
                request.Latency *= request.Minute is < 45 or >= MadeTraffic.QuietMinutes && request.Is("server_id", "Server_7") ? 1.5 : 1;
                return true;
            },
        }.Make();

        Assert.Empty(RcaEngine.Explain(input).Causes);
    }

    /// <summary>All of Project_2's requests are missing from the onset on.</summary>
    private static RcaInput Lost(Dictionary<string, DateTimeOffset> behind) => new MadeTraffic(6)
    {
        Behind = behind,
        Plant = request => request.Minute < MadeTraffic.QuietMinutes || !request.Is("project_id", "Project_2"),
    }.Make(RcaMeasure.Requests, new DimensionCondition("project_id", "Project_2"));
}
