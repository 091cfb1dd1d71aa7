using SreBot.Model;
using SreBot.Rca;

namespace SreBot.Tests.Rca;

/// <summary>Ninety quiet minutes, then thirty in which a test plants something: 10 servers, 3 projects, endpoints of unlike speed.</summary>
internal sealed class MadeTraffic(int seed)
{
    public const int QuietMinutes = 90;
    public const int Minutes = 120;
    public static readonly DateTimeOffset Start = new(2026, 3, 1, 10, 0, 0, TimeSpan.Zero);
    public static readonly DateTimeOffset Onset = Start.AddMinutes(QuietMinutes);

    private static readonly (string Service, string Endpoint, double Median)[] Endpoints =
        [("catalog", "GET /products", 6.2), ("catalog", "GET /search", 7.6), ("cart", "GET /cart", 6), ("checkout", "POST /pay", 7.9), ("checkout", "POST /refund", 7.4), ("account", "POST /login", 7.1)];

    private static readonly string[] Regions = ["eu-west-1", "us-east-1", "ap-southeast-1"];
    private static readonly string[] Platforms = ["web", "mobile", "api"];

    private readonly Random random = new(seed);

    /// <summary>How many requests a minute.</summary>
    public Func<int, double> Rate { get; init; } = _ => 100;

    /// <summary>Called for each request; false leaves it out.</summary>
    public Func<MadeRequest, bool> Plant { get; init; } = _ => true;

    public IReadOnlyList<RcaChange> Changes { get; init; } = [];
    public IReadOnlyList<RcaCall> Called { get; init; } = [];
    public IReadOnlyDictionary<string, DateTimeOffset> Behind { get; init; } = new Dictionary<string, DateTimeOffset>();

    /// <summary>Calls in every minute, each of that many milliseconds on average.</summary>
    public static RcaCall Call(string caller, string callee, double before, double during) => new(caller, callee, Calls(QuietMinutes / 2, before), Calls(QuietMinutes / 2, before), Calls(Minutes - QuietMinutes, during));

    public RcaInput Make(RcaMeasure measure = RcaMeasure.Latency, params DimensionCondition[] subject)
    {
        var cpu = Enumerable.Range(0, 10).Select(_ => 32 + (8 * random.NextDouble())).ToArray();
        var memory = Enumerable.Range(0, 10).Select(_ => 41 + (8 * random.NextDouble())).ToArray();
        var cells = new MadeCells();
        for (var minute = 0; minute < Minutes; minute++)
        {
            var load = cpu.Select(level => level + (3 * Normal())).ToArray();
            var full = memory.Select(level => level + (0.8 * Normal())).ToArray();
            var count = (int)Math.Max(1, Rate(minute) + (Math.Sqrt(Rate(minute)) * Normal()));
            for (var i = 0; i < count; i++)
            {
                var request = Request(minute + random.NextDouble(), load, full);
                if (Plant(request))
                    cells.Add(request);
            }
        }

        return Input(measure, cells, Changes, subject) with { Calls = Called, Behind = Behind };
    }

    /// <summary>The tutorial's rules: one row a server and minute, every column drawn by itself.</summary>
    public RcaInput MakeTutorial(params DimensionCondition[] subject)
    {
        var cells = new MadeCells();
        for (var minute = 0; minute < Minutes * 3; minute++)
        {
            for (var server = 1; server <= 10; server++)
            {
                cells.Add(new MadeRequest
                {
                    Minute = minute / 3.0,
                    Values = new() { ["project_id"] = $"Project_{random.Next(1, 4)}", ["server_id"] = $"Server_{server}" },
                    Latency = Math.Clamp(10 + (25 * Normal()), 1, 50),
                    Cpu = Math.Clamp(50 + (25 * Normal()), 0, 100),
                    Memory = Math.Clamp(50 + (25 * Normal()), 0, 100),
                });
            }
        }

        return Input(RcaMeasure.Latency, cells, [], subject);
    }

    /// <summary>30 calls a minute whose means lie a tenth to either side.</summary>
    private static RcaCallTally Calls(int minutes, double mean) => new()
    {
        Count = 30 * minutes, Minutes = minutes, Latency = 30 * minutes * mean, LatencySquares = 30 * minutes * mean * mean * 1.01,
    };

    private MadeRequest Request(double minute, double[] load, double[] full)
    {
        var (service, endpoint, median) = Endpoints[random.Next(Endpoints.Length)];
        var server = random.Next(10);
        return new MadeRequest
        {
            Minute = minute,
            Values = new()
            {
                ["project_id"] = $"Project_{random.Next(1, 4)}",
                ["server_id"] = $"Server_{server + 1}",
                ["service"] = service,
                ["version"] = "v41",
                ["endpoint"] = endpoint,
                ["region"] = Regions[random.Next(3)],
                ["platform"] = Platforms[random.Next(3)],
            },
            Latency = median * Math.Exp(0.25 * Normal()),
            Fails = random.NextDouble() < 0.005,
            Cpu = load[server],
            Memory = full[server],
        };
    }

    private static RcaInput Input(RcaMeasure measure, MadeCells cells, IReadOnlyList<RcaChange> changes, DimensionCondition[] subject) => new()
    {
        Measure = measure,
        Subject = subject,
        Earlier = new TimeWindow(Start, Start.AddMinutes(QuietMinutes / 2)),
        Before = new TimeWindow(Start.AddMinutes(QuietMinutes / 2), Onset),
        During = new TimeWindow(Onset, Start.AddMinutes(Minutes)),
        Cells = cells.ToCells(),
        Changes = changes,
    };

    private double Normal() => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
