using SreBot.Cli.Seeding;

namespace SreBot.Cli.Tutorial;

/// <summary>The tutorial's data by its own rules (domain.md): every column is drawn by itself, so the data contains no cause. Pure.</summary>
internal static class TutorialGenerator
{
    public const int Servers = 10;
    public const int Minutes = 1440;
    private const int Projects = 3;
    private const double SlowMilliseconds = 20;
    private static readonly DateTimeOffset Start = new(2023, 8, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Minute by minute, in each one a request a server; numbered from 1.</summary>
    public static IReadOnlyList<TutorialRequest> Requests(long seed)
    {
        var requests = new List<TutorialRequest>(Servers * Minutes);
        for (var minute = 0; minute < Minutes; minute++)
        {
            for (var server = 1; server <= Servers; server++)
            {
                requests.Add(Request(seed, requests.Count + 1, Start.AddMinutes(minute), server));
            }
        }

        return requests;
    }

    /// <summary>One for every request above 20 ms; numbered from 1.</summary>
    public static IReadOnlyList<TutorialIncident> Incidents(IEnumerable<TutorialRequest> requests) =>
        [.. requests.Where(request => request.ExecutionTime > SlowMilliseconds).Select((request, i) => new TutorialIncident(i + 1, request.Timestamp, request.RequestId))];

    /// <summary>By server and hour: mean, mean, sum.</summary>
    public static IReadOnlyList<TutorialServerMetrics> ServerMetrics(IEnumerable<TutorialRequest> requests) =>
    [
        .. requests.GroupBy(request => (request.ServerId, Hour: request.Timestamp.Floor(TimeSpan.FromHours(1)))).Select(group => new TutorialServerMetrics(
            group.Key.ServerId, group.Key.Hour, group.Average(request => request.CpuUsage), group.Average(request => request.MemoryUsage),
            group.Aggregate(0UL, (sum, request) => sum + request.NumberOfActiveRequests)))
        .OrderBy(row => row.ServerId.Length).ThenBy(row => row.ServerId, StringComparer.Ordinal).ThenBy(row => row.Hour),
    ];

    private static TutorialRequest Request(long seed, int id, DateTimeOffset at, int server)
    {
        var random = new SeedRandom(seed, id);
        return new TutorialRequest(
            RequestId: id.ToString(),
            Timestamp: at,
            ProjectId: $"Project_{random.Below(Projects) + 1}",
            ServerId: $"Server_{server}",
            NumberOfActiveRequests: (uint)Math.Max(1, (int)(100 + (50 * random.Normal()))),
            CpuUsage: Math.Clamp(50 + (25 * random.Normal()), 0, 100),
            MemoryUsage: Math.Clamp(50 + (25 * random.Normal()), 0, 100),
            ExecutionTime: Math.Clamp(10 + (25 * random.Normal()), 1, 50));
    }
}
