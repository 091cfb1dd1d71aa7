using SreBot.Cli.Seeding;
using SreBot.Model;
using SreBot.Telemetry;

namespace SreBot.Tests.Cli.Seeding;

public sealed class SeedGeneratorTests
{
    private static readonly DateTimeOffset Start = SeedData.Window.From;

    [Fact]
    public void Gives_the_same_rows_for_the_same_seed_and_others_for_another()
    {
        var window = new TimeWindow(Start, Start.AddMinutes(30));
        var plan = SeedData.Plan(CauseKind.SlowServer);

        var first = Texts(plan, window);
        var again = Texts(SeedData.Plan(CauseKind.SlowServer), window);
        var other = Texts(plan with { Settings = plan.Settings with { Seed = 8 } }, window);

        Assert.Equal(first, again);
        Assert.NotEqual(first, other);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7.3)]
    [InlineData(61)]
    [InlineData(600)]
    public void Gives_the_same_rows_whatever_the_window_is_cut_into(double seconds)
    {
        var plan = Dense();
        var window = new TimeWindow(Start, Start.AddMinutes(40));

        var pieces = new List<string>();
        for (var from = window.From; from < window.To; from = from.AddSeconds(seconds))
        {
            var to = from.AddSeconds(seconds);
            pieces.AddRange(Texts(plan, new TimeWindow(from, to < window.To ? to : window.To)));
        }

        Assert.Equal(Texts(plan, window).Order(), pieces.Order());
    }

    [Fact]
    public void A_cause_planted_later_changes_no_row_that_ended_before_it()
    {
        var plan = SeedData.Plan();
        var window = new TimeWindow(Start, Start.AddMinutes(10));
        var onset = Start.AddMinutes(5).AddSeconds(23);

        var with = plan.With(CauseDraw.BadDeploy(SeedWorld.Endpoints[4], null, 0.9, plan, new TimeWindow(onset, onset.AddMinutes(4))));

        Assert.Equal(Texts(plan, window with { To = onset }), Texts(with, window with { To = onset }));
        Assert.NotEqual(Texts(plan, window), Texts(with, window));
    }

    [Fact]
    public void Names_each_request_once()
    {
        var rows = SeedData.Rows(Dense(), new TimeWindow(Start, Start.AddHours(2)));

        Assert.Equal(rows.Count, rows.Select(row => row.Id).Distinct().Count());
        Assert.All(rows, row => Assert.True(long.TryParse(row.Id, out _) && row.Id.Length == 17));
    }

    [Fact]
    public void A_day_without_a_cause_looks_like_a_shop()
    {
        var plan = SeedPlan.Draw(new SeedSettings(), new TimeWindow(Start, Start.AddHours(24)));

        var rows = SeedData.Rows(plan, new TimeWindow(Start, Start.AddHours(24)));

        Assert.InRange(rows.Count, 140_000, 148_000);
        Assert.InRange(100.0 * rows.Count(row => row.Failed) / rows.Count, 0.35, 0.65);
        Assert.InRange(rows.Average(row => row.Latency), 6.5, 8);
        Assert.Equal(10, rows.Select(row => row.Server).Distinct().Count());
        Assert.Equal(3, rows.Select(row => row.Project).Distinct().Count());
        Assert.Equal(SeedWorld.Endpoints.Count, rows.Select(row => row.Endpoint).Distinct().Count());
        Assert.All(SeedWorld.Endpoints, endpoint => Assert.InRange(rows.Count(row => row.Endpoint == endpoint.Name) / (double)rows.Count, endpoint.Weight - 0.01, endpoint.Weight + 0.01));
        Assert.All(SeedWorld.Regions, region => Assert.InRange(rows.Count(row => row.Region == region.Name) / (double)rows.Count, region.Weight - 0.01, region.Weight + 0.01));
        Assert.True(rows.Count(row => row.At.Hour == 15) > 1.4 * rows.Count(row => row.At.Hour == 3));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void A_day_without_a_cause_is_quiet_under_the_rules_of_the_demo(long seed)
    {
        var window = new TimeWindow(Start, Start.AddHours(24));

        var rows = SeedData.Rows(SeedPlan.Draw(new SeedSettings { Seed = seed }, window), window);

        Assert.True(rows.Max(row => row.Latency) <= 20);
        Assert.True(rows.GroupBy(row => (row.Server, row.At.UtcTicks / TimeSpan.TicksPerMinute)).Max(minute => minute.Average(row => row.Cpu)) <= 90);
        Assert.True(rows.GroupBy(row => row.At.UtcTicks / TimeSpan.TicksPerMinute).Where(minute => minute.Count() >= 20).Max(minute => 100.0 * minute.Count(row => row.Failed) / minute.Count()) <= 5);
    }

    [Fact]
    public void Rows_fit_the_table_and_lie_in_the_window()
    {
        var window = new TimeWindow(Start.AddSeconds(17), Start.AddMinutes(3).AddSeconds(5));

        var rows = SeedData.Rows(SeedData.Plan(), window);

        Assert.NotEmpty(rows);
        Assert.All(rows, row => Assert.Equal(TelemetryTable.Request.Columns.Count, row.Cells.Length));
        Assert.All(rows, row => Assert.True(row.At >= window.From && row.At < window.To));
        Assert.DoesNotContain(rows, row => row.Cells.Contains(null));
    }

    [Theory]
    [InlineData(0, 3, 100)]
    [InlineData(1001, 3, 100)]
    [InlineData(10, 100, 100)]
    [InlineData(10, 3, 0)]
    [InlineData(10, 3, 1_000_001)]
    public void Refuses_settings_out_of_range(int servers, int projects, int requests)
    {
        var settings = new SeedSettings { Servers = servers, Projects = projects, RequestsAMinute = requests };

        var error = Assert.Throws<SreException>(() => SeedPlan.Draw(settings, SeedData.Window));

        Assert.Equal(SreErrorKind.Invalid, error.Kind);
    }

    /// <summary>A cause of every kind within forty minutes.</summary>
    private static SeedPlan Dense() => SeedPlan.Draw(new SeedSettings { Seed = 5, RequestsAMinute = 200, Causes = CauseKinds.All }, new TimeWindow(Start, Start.AddMinutes(40)));

    private static List<string> Texts(SeedPlan plan, TimeWindow window) => [.. SeedData.Rows(plan, window).Select(row => row.Text)];
}
