using SreBot.Adapters.Chat;
using SreBot.Changes;
using SreBot.Cli.Seeding;
using SreBot.Evidence;
using SreBot.Model;
using SreBot.Tests.Fixtures;
using SreBot.Tests.Planning;

namespace SreBot.Tests.Changes;

public sealed class RecentChangesTests(PostgresFixture postgres, TelemetryFixture telemetry)
{
    private static readonly TimeWindow When = new(QuestionHouse.Now.AddSeconds(-30).AddMinutes(-40), QuestionHouse.Now.AddSeconds(-30).AddMinutes(-10));

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Says_what_moved_after_a_bad_deploy_and_after_its_roll_back()
    {
        var (house, service) = await BadDeployAsync();
        var context = await house.ContextAsync();

        var result = await AskAsync(context, "last 2 hours");

        var table = Assert.Single(result.Blocks.OfType<ReplyTable>());
        var followed = table.Rows.Select(row => row[table.Columns.Index().First(column => column.Item == "What followed").Index]).ToList();
        Assert.Equal(2, followed.Count); // one event for three projects is one row
        Assert.Matches(@"^error rate [\d.]+% to [\d.]+%.* in the 1[01] minutes since$", followed[0]);
        Assert.Matches(@"^error rate [\d.]+% to [\d.]+%.* in the 15 minutes after$", followed[1]);
        Assert.All(table.Rows, row => Assert.Equal(service, row[2]));
        Assert.StartsWith("2 changes from ", result.Summary, StringComparison.Ordinal);
        Assert.Equal(2, context.Steps.Steps.Count); // all of them weighed in one read
    }

    [Fact]
    public async Task Takes_each_number_from_the_recorded_step()
    {
        var (house, _) = await BadDeployAsync();
        var context = await house.ContextAsync();

        var result = await AskAsync(context, "last 2 hours");

        var (step, rows) = (context.Steps.Steps[1].Table, Enumerable.Range(0, context.Steps.Steps[1].Table.Rows.Count));
        double Rate(int change, string part) => step.Number(rows.Single(row => step.Number(row, "change") == change && step.Text(row, "part") == part), "error_rate");
        Assert.Contains($"error rate {SreBot.Evidence.Figures.Number(Rate(0, "before"), "%")} to {SreBot.Evidence.Figures.Number(Rate(0, "after"), "%")}", result.Summary, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Calls_a_change_without_effect_steady()
    {
        var house = await QuestionHouse.NewAsync(postgres, telemetry);
        await house.SeedAsync();
        await house.ChangeStore().RecordAsync(house.Scope, "Ana", new ChangeDraft("deploy", SeedWorld.Endpoints[0].Service, "v42") { At = QuestionHouse.Now.AddMinutes(-30) }, Cancel);
        await house.ChangeStore().RecordAsync(house.Scope, "Ana", new ChangeDraft("config", "no-such-service", "a=b") { At = QuestionHouse.Now.AddMinutes(-20) }, Cancel);

        var result = await AskAsync(await house.ContextAsync());

        var followed = Assert.Single(result.Blocks.OfType<ReplyTable>()).Rows.Select(row => row[5]).ToList();
        Assert.Equal("no requests of it are recorded", followed[0]);
        Assert.StartsWith("steady in the 15 minutes after: error rate ", followed[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Says_that_the_move_had_begun_before_the_change()
    {
        var house = await QuestionHouse.NewAsync(postgres, telemetry);
        var service = SeedWorld.Endpoints.First(endpoint => endpoint.Name == "POST /pay").Service;
        await house.SeedAsync(plan => plan.With(CauseDraw.BadDeploy(SeedWorld.Endpoints.First(endpoint => endpoint.Name == "POST /pay"), null, 0.9, plan, When)));
        await house.ChangeStore().RecordAsync(house.Scope, "Ana", new ChangeDraft("flag", service, "x=on") { At = When.From.AddMinutes(5) }, Cancel);

        var result = await AskAsync(await house.ContextAsync());

        Assert.Contains(Assert.Single(result.Blocks.OfType<ReplyTable>()).Rows, row => row[1] == "flag" && row.Any(cell => cell.Contains("moving before it already", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Says_how_to_report_one_when_there_is_none()
    {
        var house = await QuestionHouse.NewAsync(postgres, telemetry);

        var result = await AskAsync(await house.ContextAsync(), service: "checkout");

        Assert.StartsWith("No deploy or other change of checkout is recorded from ", result.Summary, StringComparison.Ordinal);
    }

    private async Task<(QuestionHouse House, string Service)> BadDeployAsync()
    {
        var house = await QuestionHouse.NewAsync(postgres, telemetry);
        var endpoint = SeedWorld.Endpoints.First(known => known.Name == "POST /pay");
        await house.SeedAsync(plan => plan.With(CauseDraw.BadDeploy(endpoint, null, 0.9, plan, When)));
        return (house, endpoint.Service);
    }

    private static async Task<ToolResult> AskAsync(ToolContext context, string? window = null, string? service = null) =>
        await new RecentChanges(context, new WindowReader([], [])).RecentChangesAsync(window, service, Cancel);
}
