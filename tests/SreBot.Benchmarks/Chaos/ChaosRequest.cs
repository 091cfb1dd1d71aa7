namespace SreBot.Benchmarks.Chaos;

/// <summary>A request as it is sent.</summary>
/// <param name="Latency">In ms.</param>
/// <param name="Cost">In US dollars.</param>
/// <param name="Cpu">In percent.</param>
internal sealed record ChaosRequest(string Id, DateTimeOffset Timestamp, string Project, string Server, int Status, double Latency, double Cost, double Cpu)
{
    public bool IsError => Status >= 400;

    /// <summary>As <c>POST /ingest</c> takes it.</summary>
    public string Line => FormattableString.Invariant(
        $$"""{"request_id":"{{Id}}","timestamp":{{Timestamp.ToUnixTimeMilliseconds()}},"project_id":"{{Project}}","server_id":"{{Server}}","service":"shop","version":"v1","endpoint":"GET /","region":"eu","platform":"web","status":{{Status}},"execution_time":{{Latency}},"cost":{{Cost}},"cpu_usage":{{Cpu}},"memory_usage":50}""");
}
