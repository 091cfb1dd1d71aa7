namespace SreBot.Cli.Tutorial;

/// <summary>What is to be imported; null where no such file was sent.</summary>
internal sealed record TutorialData
{
    public const string RequestKind = "request";
    public const string IncidentKind = "incident";
    public const string ServerMetricsKind = "aggregated_server_metrics";

    public TutorialFile<TutorialRequest>? Requests { get; init; }
    public TutorialFile<TutorialIncident>? Incidents { get; init; }
    public TutorialFile<TutorialServerMetrics>? ServerMetrics { get; init; }
}
