using SreBot.Cli.Tutorial;
using SreBot.Incidents;
using SreBot.Investigations;
using SreBot.Model;
using SreBot.Tests.Fixtures;
using SreBot.Tests.Planning;

namespace SreBot.Tests.Cli.Tutorial;

/// <summary>The tutorial's columns are drawn independently: whoever finds a cause in them has made it up. <c>SREBOT_TUTORIAL_EVERY=1</c> asks about every incident.</summary>
public sealed class TutorialCauseTests(PostgresFixture postgres, TelemetryFixture telemetry)
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Asked_for_a_root_cause_it_says_that_the_data_shows_none(long seed)
    {
        var house = await ImportHouse.NewAsync(postgres, telemetry);
        var requests = TutorialGenerator.Requests(seed);
        var incidents = TutorialGenerator.Incidents(requests);
        await house.RunAsync(new TutorialData
        {
            Requests = TutorialFile<TutorialRequest>.Of(TutorialData.RequestKind, "request.csv", requests),
            Incidents = TutorialFile<TutorialIncident>.Of(TutorialData.IncidentKind, "incident.csv", incidents),
        });
        var lookup = new IncidentLookup(house.Incidents);
        var every = int.TryParse(Environment.GetEnvironmentVariable("SREBOT_TUTORIAL_EVERY"), out var step) ? step : 199;
        var named = new List<string>();
        foreach (var id in incidents.Select(incident => incident.IncidentId).Where(id => id == 2 || id % every == 0))
        {
            var incident = await lookup.FindAsync(house.Scope, id, TestContext.Current.CancellationToken);
            var principal = house.Admin("Project_1", "Project_2", "Project_3");
            var context = new ToolContext(new Caller(principal, house.Scope, null, null), new MemorySteps(telemetry.Store, house.Time), house.Time.GetUtcNow(), new Progress<string>());
            var found = await QuestionHouse.Investigator().InvestigateAsync(context, InvestigationSubject.Of(incident!), TestContext.Current.CancellationToken);
            if (found.Verdict is not { Causes.Count: 0 } || !found.Summary.Contains("the data shows no cause", StringComparison.Ordinal))
                named.Add($"seed {seed} INC-{id}: {found.Summary}");
        }

        Assert.True(named.Count == 0, string.Join(Environment.NewLine, named));
    }
}
