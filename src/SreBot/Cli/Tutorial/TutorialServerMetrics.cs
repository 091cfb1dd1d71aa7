namespace SreBot.Cli.Tutorial;

/// <summary>A line of <c>aggregated_server_metrics.csv</c>: means of percent, and the sum of the active requests.</summary>
internal sealed record TutorialServerMetrics(string ServerId, DateTimeOffset Hour, double AvgCpuUsage, double AvgMemoryUsage, ulong TotalRequests);
