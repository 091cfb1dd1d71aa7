using SreBot.Adapters.Chat;
using SreBot.Evidence;
using SreBot.Model;
using SreBot.Telemetry;
using SreBot.Tests.Fixtures;
using SreBot.Tests.Planning;

namespace SreBot.Tests.Evidence;

public sealed class StepRecorderTests(PostgresFixture postgres, TelemetryFixture telemetry)
{
    private static readonly TimeWindow LastHour = new(QuestionHouse.Now.AddHours(-1), QuestionHouse.Now);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Keeps_a_read_with_the_SQL_as_it_ran_its_parameters_and_its_result()
    {
        var house = await QuestionHouse.NewAsync(postgres, telemetry);
        await house.SeedAsync(hours: 1);
        var recorder = await house.Recorders.StartAsync("how many?", house.Caller, 42, Cancel);
        var read = await recorder.ReadAsync("Requests by server", house.Scope, MetricQueries.Top(MetricCatalogue.Find("requests").Aggregate(null), LastHour, "server_id", [], 3), Cancel);
        read.Conclusion = "Three servers.";

        await recorder.SaveAsync(ChatReply.Of("Many."), Cancel);

        var kept = await house.Steps.FindAsync(house.Scope, recorder.InvestigationId, Cancel);
        Assert.Equal(("how many?", "Ana", 42L, "Many."), (kept!.Question, kept.AskedBy, kept.IncidentId, kept.Answer!.Summary));
        var step = Assert.Single(kept.Steps);
        Assert.Contains("project_id IN {scope_projects:Array(String)}", step.Sql, StringComparison.Ordinal);
        Assert.Equal("['Project_1','Project_2','Project_3']", step.Parameters["scope_projects"]);
        Assert.Equal("Three servers.", step.Conclusion);
        Assert.Equal(read.Table.Rows.Select(row => row[0]), step.Table.Rows.Select(row => row[0]));
        Assert.Equal(read.Table.Number(0, "value"), step.Table.Number(0, "value"));
    }

    [Fact]
    public async Task Cuts_what_is_kept_of_a_large_result_and_says_so()
    {
        var house = await QuestionHouse.NewAsync(postgres, telemetry);
        var recorder = await house.Recorders.StartAsync("large", house.Caller, null, Cancel);
        await recorder.KeepAsync("rows", house.Scope, "a test", new StepTable(["text"], [.. Enumerable.Range(0, 600).Select(i => (IReadOnlyList<object?>)[new string('x', 2000) + i])]), Cancel);

        await recorder.SaveAsync(null, Cancel);

        var step = (await house.Steps.FindAsync(house.Scope, recorder.InvestigationId, Cancel))!.Steps[0];
        Assert.True(step.Table.IsCut);
        Assert.InRange(step.Table.Rows.Count, 50, 500);
    }

    [Fact]
    public async Task Keeps_text_that_PostgreSQL_would_refuse()
    {
        var house = await QuestionHouse.NewAsync(postgres, telemetry);
        var recorder = await house.Recorders.StartAsync("odd text", house.Caller, null, Cancel);
        await recorder.KeepAsync("rows", house.Scope, "a test", new StepTable(["text"], [["a\0b"], ["c\\u0000d"]]), Cancel);

        await recorder.SaveAsync(ChatReply.Of("x\0y"), Cancel);

        var kept = (await house.Steps.FindAsync(house.Scope, recorder.InvestigationId, Cancel))!;
        Assert.Equal(["ab", "c\\u0000d"], kept.Steps[0].Table.Rows.Select(row => row[0]));
        Assert.Equal("xy", kept.Answer!.Summary);
    }

    [Fact]
    public async Task Hides_a_question_from_whoever_may_not_see_all_of_its_projects_or_has_conditions_that_it_had_not()
    {
        var house = await QuestionHouse.NewAsync(postgres, telemetry);
        var recorder = await house.Recorders.StartAsync("all", house.Caller, null, Cancel);

        Assert.NotNull(await house.Steps.FindAsync(house.Scope, recorder.InvestigationId, Cancel));
        Assert.Null(await house.Steps.FindAsync(house.Scope.CutTo(["Project_1"]), recorder.InvestigationId, Cancel));
        Assert.Null(await house.Steps.FindAsync(house.Scope with { Conditions = [new("platform", "mobile")] }, recorder.InvestigationId, Cancel));
        Assert.Null(await house.Steps.FindAsync(house.Scope with { OrganizationId = house.Organization + 1 }, recorder.InvestigationId, Cancel));
    }

    [Fact]
    public async Task Keeps_a_read_that_failed_as_a_dead_end()
    {
        var house = await QuestionHouse.NewAsync(postgres, telemetry);
        var recorder = await house.Recorders.StartAsync("fails", house.Caller, null, Cancel);
        var query = new TelemetryQuery("SELECT no_such_column FROM {database:Identifier}.request WHERE /*scope*/", new Dictionary<string, object?>());

        await Assert.ThrowsAnyAsync<Exception>(() => recorder.ReadAsync("nothing", house.Scope, query, Cancel));
        await recorder.SaveAfterFailureAsync();

        var step = Assert.Single((await house.Steps.FindAsync(house.Scope, recorder.InvestigationId, Cancel))!.Steps);
        Assert.Equal("nothing", step.Question);
        Assert.StartsWith("Failed: ", step.Conclusion, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Reads_nothing_of_another_organization()
    {
        var house = await QuestionHouse.NewAsync(postgres, telemetry);
        var recorder = await house.Recorders.StartAsync("other", house.Caller, null, Cancel);

        await Assert.ThrowsAsync<InvalidOperationException>(() =>
            recorder.ReadAsync("x", house.Scope with { OrganizationId = 99 }, MetricQueries.Total(MetricCatalogue.Find("requests").Aggregate(null), LastHour, []), Cancel));
    }
}
