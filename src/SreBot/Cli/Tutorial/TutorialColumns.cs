namespace SreBot.Cli.Tutorial;

/// <summary>The names of the tutorial's files and columns.</summary>
internal static class TutorialColumns
{
    public const string RequestFile = "request.csv";
    public const string IncidentFile = "incident.csv";
    public const string ServerMetricsFile = "aggregated_server_metrics.csv";

    public static IReadOnlyList<string> Files { get; } = [RequestFile, IncidentFile, ServerMetricsFile];
    public static IReadOnlyList<string> Request { get; } =
        ["request_id", "timestamp", "project_id", "server_id", "number_of_active_requests", "cpu_usage", "memory_usage", "execution_time"];
    public static IReadOnlyList<string> Incident { get; } = ["incident_id", "timestamp", "request_id"];
    public static IReadOnlyList<string> ServerMetrics { get; } = ["server_id", "hour", "avg_cpu_usage", "avg_memory_usage", "total_requests"];
}
