using SreBot.Cli.Seeding;
using SreBot.Investigations;
using SreBot.Model;
using SreBot.Rca;
using SreBot.Tests.Fixtures;
using SreBot.Tests.Planning;

namespace SreBot.Tests.Investigations;

public sealed class CellQueryTests(PostgresFixture postgres, TelemetryFixture telemetry)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_cell_is_the_sum_of_its_requests()
    {
        var house = await QuestionHouse.NewAsync(postgres, telemetry);
        var plan = await house.SeedAsync(hours: 2);
        var end = QuestionHouse.Now.AddSeconds(-30);
        var (earlier, before, during) = (new TimeWindow(end.AddMinutes(-90), end.AddMinutes(-60)), new TimeWindow(end.AddMinutes(-60), end.AddMinutes(-30)), new TimeWindow(end.AddMinutes(-30), end));
        var context = await house.ContextAsync();

        var step = await context.Steps.ReadAsync("cells", house.Scope, CellQuery.Of(earlier, before, during), Cancel);
        var cells = CellQuery.Read(step.Table);

        var rows = new SeedGenerator(plan).Rows(new TimeWindow(earlier.From, during.To)).Select(row => new Row(row)).ToList();
        var seen = rows.SelectMany(row => Sets().Select(set => Key(set.Select(dimension => new DimensionCondition(dimension, row.Of(dimension)))))).ToHashSet();
        Assert.Equal(seen.Order(), cells.Select(cell => Key(cell.Conditions)).Order());
        foreach (var cell in cells)
        {
            var own = rows.Where(row => cell.Conditions.All(condition => row.Of(condition.Dimension) == condition.Value)).ToList();
            Equal(own.Where(row => earlier.From <= row.At && row.At < earlier.To), cell.Earlier);
            Equal(own.Where(row => before.From <= row.At && row.At < before.To), cell.Before);
            Equal(own.Where(row => during.From <= row.At && row.At < during.To), cell.During);
        }
    }

    private static void Equal(IEnumerable<Row> rows, RcaTally tally)
    {
        var own = rows.ToList();
        Assert.Equal((own.Count, own.Count(row => row.IsError)), ((int)tally.Count, (int)tally.Errors));
        Assert.Equal(own.Sum(row => row.Latency), tally.Latency, 1e-6);
        Assert.Equal(own.Sum(row => row.Latency * row.Latency), tally.LatencySquares, 1e-5);
        Assert.Equal(own.Sum(row => row.Cpu), tally.Cpu, 1e-6);
        Assert.Equal(own.Sum(row => row.Memory * row.Memory), tally.MemorySquares, 1e-4);
        Assert.Equal(own.Sum(row => row.Cost), tally.Cost, 1e-9);
    }

    private static string Key(IEnumerable<DimensionCondition> conditions) => string.Join('|', conditions.Select(condition => $"{condition.Dimension}={condition.Value}"));

    private static IEnumerable<string[]> Sets() =>
        [[], .. Dimensions.All.Select(one => new[] { one }), .. Dimensions.All.SelectMany((one, i) => Dimensions.All.Skip(i + 1).Select(other => new[] { one, other }))];

    private sealed class Row(object?[] row)
    {
        public DateTimeOffset At => new((DateTime)row[1]!);
        public bool IsError => Convert.ToInt32(row[9]) is >= 400 and <= 599;
        public double Latency => (double)row[10]!;
        public double Cost => (double)row[11]!;
        public double Cpu => (double)row[13]!;
        public double Memory => (double)row[14]!;

        public string Of(string dimension) => (string)row[dimension switch { "project_id" => 2, "server_id" => 3, "service" => 4, "version" => 5, "endpoint" => 6, "region" => 7, _ => 8 }]!;
    }
}
