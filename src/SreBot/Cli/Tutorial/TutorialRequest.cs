namespace SreBot.Cli.Tutorial;

/// <summary>A line of <c>request.csv</c>: one a server and minute.</summary>
/// <param name="CpuUsage">Percent, as is <paramref name="MemoryUsage"/>.</param>
/// <param name="ExecutionTime">In milliseconds.</param>
internal sealed record TutorialRequest(
    string RequestId, DateTimeOffset Timestamp, string ProjectId, string ServerId, uint NumberOfActiveRequests, double CpuUsage, double MemoryUsage, double ExecutionTime);
