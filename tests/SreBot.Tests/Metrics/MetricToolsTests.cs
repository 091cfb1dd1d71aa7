using SreBot.Adapters.Chat;
using SreBot.Cli.Seeding;
using SreBot.Model;
using SreBot.Telemetry;
using SreBot.Tests.Fixtures;
using SreBot.Tests.Planning;

namespace SreBot.Tests.Metrics;

public sealed class MetricToolsTests(PostgresFixture postgres, TelemetryFixture telemetry)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Ranks_servers_by_a_metric_in_the_engines_own_numbers()
    {
        var house = await SlowServerAsync();
        var context = await house.ContextAsync();

        var result = await house.RunToolAsync("top_servers", new { metric = "latency", window = "last 30 minutes" }, context);

        var table = Assert.Single(result.Blocks.OfType<ReplyTable>());
        Assert.Equal("Server_9", table.Rows[0][0]);
        Assert.Equal(10, table.Rows.Count);
        Assert.StartsWith("Server_9 has the highest mean latency", result.Summary, StringComparison.Ordinal);
        Assert.Contains(SreBot.Evidence.Figures.Number(context.Steps.Steps[^1].Table.Number(0, "value"), "ms"), result.Summary, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Draws_a_metric_over_time_and_links_each_number_to_its_step()
    {
        var house = await SlowServerAsync();
        var context = await house.ContextAsync();

        var result = await house.RunToolAsync("metric_over_time", new { metric = "latency", aggregate = "p95", window = "last hour", filter = "server = server 9" }, context);

        var chart = Assert.Single(result.Blocks.OfType<ReplyChart>());
        Assert.Equal((60, "ms"), (chart.Series[0].Points.Count, chart.Unit));
        var links = result.Blocks.OfType<ReplySection>().Last(section => section.IsNote).Paragraphs[0].Runs.Where(run => run.Url is not null).Select(run => run.Url);
        Assert.Equal([$"/investigations/{context.Steps.InvestigationId}#step-2", $"/investigations/{context.Steps.InvestigationId}#step-3"], links);
    }

    [Fact]
    public async Task Compares_a_window_with_the_one_before()
    {
        var house = await SlowServerAsync();

        var result = await house.RunToolAsync("compare_windows", new { metric = "latency", window = "last 30 minutes", filter = "server = Server_9" });

        Assert.Matches(@"is higher, (2\.[89]|3)", result.Summary);
    }

    [Fact]
    public async Task Compares_the_rates_of_windows_of_two_lengths()
    {
        var house = await SlowServerAsync();

        var result = await house.RunToolAsync("compare_windows", new { metric = "requests", window = "last 30 minutes", before = "from 10:30 to 11:30" });

        Assert.Matches(@"^Request rate of all requests is [^:]+: [\d.]+ requests/s from 2026-03-01 11:30 to 12:00 UTC, against [\d.]+ requests/s from 2026-03-01 10:30 to 11:30 UTC\.$", result.Summary);
    }

    [Fact]
    public async Task Ranks_only_the_values_that_were_named()
    {
        var house = await SlowServerAsync();

        var result = await house.RunToolAsync("top_servers", new { dimension = "server", among = "server 3, Server_9", filter = "checkout" });

        Assert.Equal(["Server_9", "Server_3"], result.Blocks.OfType<ReplyTable>().Single().Rows.Select(row => row[0]));
        Assert.Contains("of service checkout", result.Summary, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Says_which_deploy_a_window_hangs_on()
    {
        var house = await SlowServerAsync();
        house.Changes.All.Add(new ChangeFacts(QuestionHouse.Now.AddSeconds(-30).AddMinutes(-25), "deploy", "checkout", "v42", "deploy of checkout v42", "", ""));

        var result = await house.RunToolAsync("percentiles", new { window = "since the deploy" });

        Assert.Contains("2026-03-01 11:35 to 12:00 UTC (since deploy of checkout v42 at 2026-03-01 11:35 UTC)", result.Summary, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Reads_the_percentiles_in_one_step()
    {
        var house = await SlowServerAsync();
        var context = await house.ContextAsync();

        var result = await house.RunToolAsync("percentiles", new { window = "last hour", percentile = "p99" }, context);

        Assert.StartsWith("p99 latency of all requests", result.Summary, StringComparison.Ordinal);
        var values = context.Steps.Steps[^1].Table.Rows[0].Take(5).Select(Convert.ToDouble).ToList();
        Assert.Equal(values.Order(), values);
    }

    [Fact]
    public async Task Names_the_object_whose_gauge_swings_most()
    {
        var house = await QuestionHouse.NewAsync(postgres, telemetry);
        var random = new Random(4);
        var levels = new Dictionary<string, double[]> { ["object1"] = [2, 2, 3, 4, 2, 2], ["object4"] = [10, 22, 3, 24, 12, 12], ["object5"] = [2, 3, 5, 4, 9, 2] };
        var rows = levels.SelectMany(item => Enumerable.Range(0, 30).Select(i => new object?[]
        {
            $"{item.Key}-{i}", QuestionHouse.Now.AddSeconds(-30).AddMinutes(-5).AddSeconds(10 * i), "Project_1", item.Key, "", "", "", "", "", (ushort)200, 1.0, 0.0, 1u,
            Math.Clamp(item.Value[i % 6] + (6 * random.NextDouble()) - 3, 0, 100), 10.0,
        })).ToList();
        await house.Telemetry.InsertAsync(house.Database, TelemetryTable.Request, rows, "gauge", Cancel);

        var result = await house.RunToolAsync("largest_swing", new { metric = "cpu", window = "last 5 minutes" });

        Assert.StartsWith("object4 has the largest swing of mean CPU", result.Summary, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Names_the_nearest_known_server_and_metric()
    {
        var house = await SlowServerAsync();

        var server = await Assert.ThrowsAsync<SreException>(() => house.RunToolAsync("percentiles", new { filter = "server = Server_99" }));
        var metric = await Assert.ThrowsAsync<SreException>(() => house.RunToolAsync("metric_over_time", new { metric = "latncy" }));

        Assert.Contains("did you mean Server_9", server.Message, StringComparison.Ordinal);
        Assert.Contains("did you mean latency", metric.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sees_nothing_outside_of_the_scope()
    {
        var house = await SlowServerAsync();
        var context = await house.ContextAsync(house.Scope with { Projects = ["Project_2"] });

        await house.RunToolAsync("top_servers", new { metric = "requests", dimension = "project", window = "last hour" }, context);

        Assert.Equal(["Project_2"], context.Steps.Steps[^1].Table.Rows.Select(row => (string)row[0]!));
    }

    [Fact]
    public async Task Says_that_there_were_no_requests()
    {
        var house = await QuestionHouse.NewAsync(postgres, telemetry);

        var result = await house.RunToolAsync("metric_over_time", new { metric = "latency" });

        Assert.StartsWith("There are no requests of all requests", result.Summary, StringComparison.Ordinal);
    }

    private async Task<QuestionHouse> SlowServerAsync()
    {
        var house = await QuestionHouse.NewAsync(postgres, telemetry);
        await house.SeedAsync(plan => plan.With(CauseDraw.SlowServer("Server_9", 3, new TimeWindow(QuestionHouse.Now.AddMinutes(-30), QuestionHouse.Now))), hours: 2);
        return house;
    }
}
