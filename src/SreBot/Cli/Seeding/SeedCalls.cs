using SreBot.Telemetry;

namespace SreBot.Cli.Seeding;

/// <summary>Adds up the calls that requests make to dependencies, by minute: what spans would tell.</summary>
internal sealed class SeedCalls
{
    private static readonly (string Service, string Callee)?[] OfEndpoint = [.. SeedWorld.Endpoints.Select(Call)];

    private readonly Dictionary<(long Minute, int Project, int Endpoint), (ulong Count, double Sum, double Max)> sums = [];

    /// <param name="usual">Milliseconds of the request without a cause.</param>
    /// <param name="slowness">Factor that a slow dependency puts on the request; what it adds is all spent in the call.</param>
    /// <param name="chance">0, inclusive, to 1, exclusive.</param>
    public void Add(long minute, int project, int endpoint, double usual, double slowness, double chance)
    {
        if (OfEndpoint[endpoint] is null)
            return;

        var milliseconds = usual * (0.25 + (0.2 * chance) + slowness - 1);
        var (count, sum, max) = sums.GetValueOrDefault((minute, project, endpoint));
        sums[(minute, project, endpoint)] = (count + 1, sum + milliseconds, Math.Max(max, milliseconds));
    }

    /// <summary>Rows of <see cref="TelemetryTable.Dependency"/>; the same minute of several batches adds up in the table.</summary>
    public List<object?[]> ToRows() =>
    [
        .. sums.GroupBy(entry => (entry.Key.Minute, entry.Key.Project, Call: OfEndpoint[entry.Key.Endpoint]!.Value))
            .OrderBy(group => group.Key.Minute)
            .Select(group => (object?[])
            [
                new DateTime(group.Key.Minute, DateTimeKind.Utc), SeedSettings.Project(group.Key.Project + 1), group.Key.Call.Service, group.Key.Call.Callee,
                (ulong)group.Sum(entry => (long)entry.Value.Count), 0UL, Math.Round(group.Sum(entry => entry.Value.Sum), 3), Math.Round(group.Max(entry => entry.Value.Max), 3),
            ]),
    ];

    private static (string Service, string Callee)? Call(SeedEndpoint endpoint) =>
        SeedWorld.Dependencies.FirstOrDefault(dependency => dependency.Callers.Contains(endpoint.Name)) is { Name: { } callee } ? (endpoint.Service, callee) : null;
}
