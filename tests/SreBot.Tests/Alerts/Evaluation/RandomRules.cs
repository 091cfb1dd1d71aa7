using SreBot.Alerts.Rules;
using SreBot.Model;
using SreBot.Telemetry;

namespace SreBot.Tests.Alerts.Evaluation;

/// <summary>Rules and requests drawn at random. Measures are whole numbers of quarters, so that sums are the same in any order.</summary>
internal sealed class RandomRules(int seed)
{
    private static readonly double[] Latencies = [5, 9.75, 10, 10.25, 20, 49.75, 50, 100, 150.5, 200, 499.75, 500, 500.25, 999.75, 1000, 2000, 2500, 3000, 5000, 10000, 29999.75, 30000, 45000];
    private static readonly string[] Dimensions = ["server_id", "service", "version", "endpoint", "region", "platform"];

    private readonly Random random = new(seed);

    public AlertRule Rule(bool mayBeLong)
    {
        var metric = Pick(MetricCatalogue.ForRules);
        var aggregate = Pick(metric.Aggregates);
        var comparator = Pick(Enum.GetValues<AlertComparator>());
        var threshold = Threshold(metric.Name);
        var isOrdered = comparator is AlertComparator.Greater or AlertComparator.GreaterOrEqual or AlertComparator.Less or AlertComparator.LessOrEqual;
        var isBurn = aggregate.IsBudgetBurn;
        return new AlertRule
        {
            Id = NewId(),
            OrganizationId = 1,
            Name = $"rule {random.Next()}",
            Projects = [.. Enumerable.Range(1, 4).Select(i => $"Project_{i}").Where(_ => random.Next(3) == 0).DefaultIfEmpty("Project_1")],
            Metric = metric.Name,
            Aggregate = aggregate.Name,
            Filter = [.. Dimensions.Where(_ => random.Next(12) == 0).Select(dimension => new DimensionCondition(dimension, $"{dimension}-{random.Next(3)}"))],
            GroupBy = random.Next(3) == 0 ? [.. Dimensions.Append("project_id").Where(_ => random.Next(4) == 0)] : [],
            Comparator = comparator,
            Threshold = threshold,
            ThresholdMax = comparator.IsRange() ? threshold + (random.Next(4) * 50) : null,
            RecoveryThreshold = isOrdered && random.Next(3) == 0 ? comparator.IsBelow() ? threshold + random.Next(200) : threshold - random.Next(200) : null,
            Window = mayBeLong && random.Next(5) == 0 ? TimeSpan.FromHours(25 + random.Next(40)) + TimeSpan.FromMinutes(random.Next(2) * random.Next(60)) : TimeSpan.FromMinutes(1 + random.Next(60)),
            MinRequests = random.Next(3) == 0 ? random.Next(60) : 0,
            Objective = isBurn ? 99 - random.Next(50) : null,
            ShortWindow = isBurn && random.Next(2) == 0 ? TimeSpan.FromMinutes(1 + random.Next(5)) : null,
        };
    }

    /// <param name="at">When it ended.</param>
    public object?[] Request(string id, DateTimeOffset at) =>
    [
        id, at, $"Project_{1 + random.Next(5)}", Value("server_id"), Value("service"), Value("version"), Value("endpoint"), Value("region"), Value("platform"),
        random.Next(4) switch { 0 => 500, 1 when random.Next(2) == 0 => 0, _ => 200 },
        random.Next(2) == 0 ? Pick(Latencies) : random.Next(4 * 1200) / 4.0, random.Next(3) == 0 ? 0.0 : random.Next(8) / 4.0,
        random.Next(200), random.Next(400) / 4.0, random.Next(400) / 4.0,
    ];

    public double Next() => random.NextDouble();

    public int Next(int most) => random.Next(most);

    public T Pick<T>(IReadOnlyList<T> items) => items[random.Next(items.Count)];

    private Guid NewId()
    {
        var bytes = new byte[16];
        random.NextBytes(bytes);
        return new Guid(bytes);
    }

    private string Value(string dimension) => $"{dimension}-{random.Next(3)}";

    private double Threshold(string metric) => metric switch
    {
        "latency" => random.Next(3) == 0 ? random.Next(1200) : Pick(Latencies),
        "requests" => random.Next(400),
        "cost" => random.Next(200) / 4.0,
        "burn_rate" => random.Next(8) / 4.0,
        _ => random.Next(100),
    };
}
