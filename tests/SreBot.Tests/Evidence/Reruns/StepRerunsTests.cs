using Microsoft.Extensions.Options;
using SreBot.Evidence;
using SreBot.Evidence.Reruns;
using SreBot.Model;
using SreBot.Telemetry;
using SreBot.Tests.Fixtures;
using SreBot.Tests.Planning;
using SreBot.Tests.Telemetry;

namespace SreBot.Tests.Evidence.Reruns;

public sealed class StepRerunsTests(PostgresFixture postgres, TelemetryFixture telemetry)
{
    private static readonly TimeWindow Hour = new(QuestionHouse.Now.AddMinutes(-70), QuestionHouse.Now.AddMinutes(-10));

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_same_data_gives_the_same_table()
    {
        var (house, step) = await RecordedAsync();

        var run = await Reruns(house).RunAsync(house.Scope, step, isNow: false, Cancel);

        Assert.Equal((StepVerdict.Same, null, step.AsOf), (run.Verdict, run.Differs, run.AsOf));
        Assert.Equal(step.Table.Rows.Select(row => row[0]), run.Table.Rows.Select(row => row[0]));
        Assert.Equal(step.Parameters, run.Parameters);
    }

    [Fact]
    public async Task Rows_that_came_later_make_it_drift_and_it_says_how()
    {
        var (house, step) = await RecordedAsync();
        await house.SeedAsync(hours: 1, seed: 8);

        var run = await Reruns(house).RunAsync(house.Scope, step, isNow: false, Cancel);

        Assert.Equal(StepVerdict.Drifted, run.Verdict);
        Assert.Matches(@"rows differ; the first: Server_\d+: value was [\d.]+ and is [\d.]+", run.Differs);
    }

    [Fact]
    public async Task What_is_gone_or_past_the_retention_has_expired()
    {
        var (house, step) = await RecordedAsync();
        await house.SeedAsync(hours: 1, seed: 8);

        var late = await Reruns(house, retentionDays: 1, now: QuestionHouse.Now.AddDays(2)).RunAsync(house.Scope, step, isNow: false, Cancel);
        await house.Telemetry.DropAsync(house.Database, Cancel);
        await house.Telemetry.MigrateAsync(house.Database, Cancel);
        var empty = await Reruns(house).RunAsync(house.Scope, step, isNow: false, Cancel);

        Assert.Equal((StepVerdict.Expired, StepVerdict.Expired), (late.Verdict, empty.Verdict));
    }

    [Fact]
    public async Task As_of_now_its_window_ends_as_long_before_now_as_it_did_before_then()
    {
        var (house, step) = await RecordedAsync();

        var run = await Reruns(house, now: QuestionHouse.Now.AddMinutes(30).AddSeconds(20)).RunAsync(house.Scope, step, isNow: true, Cancel);

        Assert.Equal("2026-03-01 11:20:30.000", run.Parameters["from"]);
        Assert.Equal("2026-03-01 12:20:30.000", run.Parameters["to"]);
        Assert.Equal((step.Sql, step.Parameters["scope_projects"]), (run.Step.Sql, run.Parameters["scope_projects"]));
        Assert.NotEqual(StepVerdict.Same, run.Verdict);
    }

    [Fact]
    public async Task A_window_that_had_not_ended_is_read_to_the_moment_of_the_record()
    {
        var house = await SeededAsync();
        var step = await RecordAsync(house, new TimeWindow(QuestionHouse.Now.AddHours(-1), QuestionHouse.Now.AddHours(6)));
        await house.Telemetry.InsertAsync(house.Database, TelemetryTable.Request, [Requests.Row("later", QuestionHouse.Now.AddMinutes(5), latency: 99_999)], "later", Cancel);

        var run = await Reruns(house).RunAsync(house.Scope, step, isNow: false, Cancel);

        Assert.Equal(StepVerdict.Same, run.Verdict);
        await house.Telemetry.InsertAsync(house.Database, TelemetryTable.Request, [Requests.Row("late", QuestionHouse.Now.AddSeconds(-3), latency: 99_999)], "late", Cancel);
        Assert.EndsWith(" Its time had not ended when it was read.", (await Reruns(house).RunAsync(house.Scope, step, isNow: false, Cancel)).Differs, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_came_from_elsewhere_stands_as_it_was_recorded()
    {
        var house = await QuestionHouse.NewAsync(postgres, telemetry);
        var recorder = await house.Recorders.StartAsync("what is it?", house.Caller, null, Cancel);
        var kept = await recorder.KeepAsync("incident", house.Scope, "incident INC-1; DROP TABLE request", new StepTable(["title"], [["Slow"]]), Cancel);

        var run = await Reruns(house).RunAsync(house.Scope, kept, isNow: true, Cancel);

        Assert.Equal((StepVerdict.Recorded, "Slow"), (run.Verdict, run.Table.Rows[0][0]));
    }

    [Fact]
    public async Task A_dead_end_is_a_dead_end_again()
    {
        var house = await QuestionHouse.NewAsync(postgres, telemetry);
        var recorder = await house.Recorders.StartAsync("dead end", house.Caller, null, Cancel);
        var query = new TelemetryQuery("SELECT no_such_column FROM {database:Identifier}.request WHERE /*scope*/", new Dictionary<string, object?>());
        await Assert.ThrowsAnyAsync<Exception>(() => recorder.ReadAsync("nothing", house.Scope, query, Cancel));

        var run = await Reruns(house).RunAsync(house.Scope, recorder.Steps[0], isNow: false, Cancel);

        Assert.Equal((StepVerdict.Failed, "The telemetry store does not take this query."), (run.Verdict, run.Differs));
    }

    [Fact]
    public async Task Nobody_runs_a_step_that_reads_more_than_they_may_see()
    {
        var (house, step) = await RecordedAsync();
        var query = new ScopedQuery(step.Sql, step.Parameters);

        Assert.True(RecordedReads.IsWithin(house.Scope, query));
        Assert.False(RecordedReads.IsWithin(house.Scope.CutTo(["Project_1", "Project_2"]), query));
        Assert.False(RecordedReads.IsWithin(house.Scope with { Projects = [] }, query));
        Assert.False(RecordedReads.IsWithin(house.Scope with { Conditions = [new("platform", "mobile")] }, query));
        Assert.False(RecordedReads.IsWithin(house.Scope with { TelemetryDatabase = "sre_other" }, query));
        Assert.False(RecordedReads.IsWithin(AccessScope.ForEvaluator(house.Database), query));
        Assert.False(RecordedReads.IsWithin(house.Scope, query with { Sql = query.Sql.Replace("project_id IN {scope_projects:Array(String)}", "true", StringComparison.Ordinal) }));
        var error = await Assert.ThrowsAsync<SreException>(() => Reruns(house).RunAsync(house.Scope.CutTo(["Project_1"]), step, isNow: false, Cancel));
        Assert.Equal(SreErrorKind.Forbidden, error.Kind);
    }

    [Fact]
    public async Task Conditions_of_the_caller_must_have_held_for_the_step()
    {
        var house = await SeededAsync();
        var mobile = house.Scope with { Conditions = [new("platform", "mobile"), new("region", "it's")] };
        var step = await RecordAsync(house, Hour, mobile);
        var query = new ScopedQuery(step.Sql, step.Parameters);

        Assert.True(RecordedReads.IsWithin(mobile, query));
        Assert.True(RecordedReads.IsWithin(house.Scope with { Conditions = [new("region", "it's")] }, query));
        Assert.False(RecordedReads.IsWithin(house.Scope with { Conditions = [new("platform", "web")] }, query));
        Assert.False(RecordedReads.IsWithin(house.Scope with { Conditions = [new("service", "mobile")] }, query));
    }

    private async Task<(QuestionHouse House, RecordedStep Step)> RecordedAsync()
    {
        var house = await SeededAsync();
        return (house, await RecordAsync(house, Hour));
    }

    private async Task<QuestionHouse> SeededAsync()
    {
        var house = await QuestionHouse.NewAsync(postgres, telemetry);
        await house.SeedAsync(hours: 2);
        return house;
    }

    /// <summary>As it comes back from the record.</summary>
    private static async Task<RecordedStep> RecordAsync(QuestionHouse house, TimeWindow window, AccessScope? scope = null)
    {
        var recorder = await house.Recorders.StartAsync("latency", house.Caller, null, Cancel);
        await recorder.ReadAsync("Latency by server", scope ?? house.Scope, MetricQueries.Top(MetricCatalogue.Find("latency").Aggregate("mean"), window, "server_id", [], 10), Cancel);
        await recorder.SaveAsync(null, Cancel);
        return (await house.Steps.FindAsync(house.Scope, recorder.InvestigationId, Cancel))!.Steps[0];
    }

    private StepReruns Reruns(QuestionHouse house, int retentionDays = 3650, DateTimeOffset? now = null) => new(
        new RecordedReads(telemetry.Transport), Options.Create(new TelemetryOptions { RetentionDays = retentionDays }), now is { } at ? new ManualTime(at) : house.Time);
}
